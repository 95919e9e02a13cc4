package io.github.palimpsest.dataset;

import java.util.List;

import io.github.palimpsest.tensor.Tensor;

/**
 * The channels of one image as colours: each through its lookup table, and their sum, as ImageJ shows a composite; but
 * unlike there, display ranges and which channels are switched on do not count. Channels of more than 8 bits are
 * brought to 0..255 before, by one pair of percentiles.
 */
final class ChannelColours {

    /** Those that ImageJ gives to channels without any: red, green, blue, grey, cyan, magenta, yellow. */
    private static final int[] USUAL = {0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0x00ffff, 0xff00ff, 0xffff00};

    private ChannelColours() {}

    /**
     * The image as a tensor {@code 3×H×W} of 0..255; uses up the values.
     *
     * @param channels each of one plane
     * @param tables of each channel: red, green and blue of the 256 values. Where all of them are grey, as where they
     *            are null, the channels have ImageJ's usual colours.
     */
    static Tensor mixed(List<Samples> channels, List<byte[][]> tables, Normalization normalization) {
        Samples first = channels.get(0);
        if (first.deep())
            normalization.apply(channels.stream().map(channel -> channel.channels()[0]).toArray(float[][]::new));
        boolean grey = tables == null || tables.stream().allMatch(ChannelColours::isGrey);
        Tensor rgb = Tensor.zeros(3, first.height(), first.width());
        for (int c = 0; c < channels.size(); c++)
            add(channels.get(c), grey ? ramp(USUAL[c % USUAL.length]) : tables.get(c), rgb);
        for (int i = 0; i < rgb.length(); i++)
            rgb.data()[i] = Math.min(255, rgb.data()[i]);
        return rgb;
    }

    private static void add(Samples channel, byte[][] table, Tensor rgb) {
        float[] values = channel.channels()[0];
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < values.length; i++) {
                float value = channel.inverted() ? 255 - values[i] : values[i];
                int low = (int) value;
                float from = table[c][low] & 0xff;
                float to = table[c][Math.min(255, low + 1)] & 0xff;
                rgb.data()[c * values.length + i] += from + (value - low) * (to - from);
            }
    }

    private static boolean isGrey(byte[][] table) {
        for (int i = 0; i < 256; i++)
            if (table[0][i] != table[1][i] || table[1][i] != table[2][i])
                return false;
        return true;
    }

    private static byte[][] ramp(int colour) {
        byte[][] table = new byte[3][256];
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < 256; i++)
                table[c][i] = (byte) ((colour >> 16 - 8 * c & 0xff) == 0 ? 0 : i);
        return table;
    }
}
