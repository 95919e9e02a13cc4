package io.github.palimpsest.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A TIFF stack that ImageJ opens with its dimensions, colours and calibration, of which no more than one plane needs to
 * be in memory: planes are written as they come. The same planes always give the same bytes, big-endian and
 * uncompressed. Above 4 GB only ImageJ finds more than the first plane.
 */
public final class StackTiff {

    /** What a pixel is. */
    public enum Pixels {
        /** Labels in {@code short[]} that fit into a byte, shown in colours. */
        LABELS(1, 8),
        /** Labels in {@code short[]}. */
        WIDE_LABELS(1, 16),
        /** 0xRRGGBB in {@code int[]}. */
        RGB(3, 8),
        /** {@code float[]}. */
        FLOATS(1, 32);

        private final int samples;
        private final int bits;

        Pixels(int samples, int bits) {
            this.samples = samples;
            this.bits = bits;
        }
    }

    /** Takes the planes in their order: channel by channel, slice by slice, frame by frame. */
    public interface Planes {
        /** Writes the next plane: an array of the kind of the pixels, row-major. */
        void add(Object plane);
    }

    /** What gives the planes. */
    public interface Filling {
        /** Gives all of them. */
        void fill(Planes planes);
    }

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int ASCII = 2;
    private static final int MILLION = 1_000_000;

    private final Pixels pixels;
    private final StackShape shape;
    private final Calibration calibration;
    private final List<Integer> colours;

    /** @param colours 0xRRGGBB of the labels from 0; empty for other pixels */
    public StackTiff(Pixels pixels, StackShape shape, Calibration calibration, List<Integer> colours) {
        this.pixels = pixels;
        this.shape = shape;
        this.calibration = calibration;
        this.colours = List.copyOf(colours);
    }

    /** Of labels, of which there may be so many, background included. */
    public static StackTiff ofLabels(int count, StackShape shape, Calibration calibration, List<Integer> colours) {
        boolean wide = count > SegmentedImage.MOST_IN_A_BYTE;
        return new StackTiff(wide ? Pixels.WIDE_LABELS : Pixels.LABELS, shape, calibration,
                wide ? List.of() : colours);
    }

    /**
     * Writes it through a temporary name.
     *
     * @throws io.github.palimpsest.task.UserException if it cannot be written, naming the file; and whatever the
     *             filling throws, in which case the file that was there before stays
     */
    public void write(Path file, Filling filling) {
        AtomicFile.write(file, out -> {
            long data = 8 + directory(0, 0, false).length;
            long end = data + planeBytes() * shape.planes();
            boolean others = shape.planes() > 1 && end + (long) shape.planes() * directory(0, 0, true).length < 1L << 32;
            out.write(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8});
            out.write(directory(data, others ? end : 0, false));
            int[] written = new int[1];
            filling.fill(plane -> {
                try {
                    writePlane(out, plane);
                } catch (IOException e) {
                    // What fills may be writing other files as well: this one is meant.
                    throw FileProblem.writing(file, e);
                }
                written[0]++;
            });
            if (written[0] != shape.planes())
                throw new IllegalStateException(written[0] + " planes of " + shape.planes());
            int length = directory(0, 0, true).length;
            for (int plane = 1; others && plane < shape.planes(); plane++) {
                long next = plane + 1 < shape.planes() ? end + (long) plane * length : 0;
                out.write(directory(data + plane * planeBytes(), next, end + (long) (plane - 1) * length, true));
            }
        });
    }

    private long planeBytes() {
        return (long) shape.width() * shape.height() * pixels.samples * pixels.bits / 8;
    }

    private void writePlane(OutputStream out, Object plane) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(shape.width() * pixels.samples * pixels.bits / 8);
        for (int y = 0, i = 0; y < shape.height(); y++, line.clear()) {
            for (int x = 0; x < shape.width(); x++, i++)
                put(line, plane, i);
            out.write(line.array());
        }
    }

    private void put(ByteBuffer line, Object plane, int i) {
        switch (pixels) {
            case LABELS -> line.put((byte) ((short[]) plane)[i]);
            case WIDE_LABELS -> line.putShort(((short[]) plane)[i]);
            case FLOATS -> line.putFloat(((float[]) plane)[i]);
            case RGB -> {
                int rgb = ((int[]) plane)[i];
                line.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
            }
        }
    }

    private record Entry(int tag, int type, int count, byte[] value) {}

    private byte[] directory(long data, long next, boolean later) throws IOException {
        return directory(data, next, 8, later);
    }

    /**
     * A directory with what belongs to it, always of the same length.
     *
     * @param data where the plane begins
     * @param next where the next directory begins; 0 if there is none
     * @param place where this one begins
     * @param later whether what is said of the whole stack was said before
     */
    private byte[] directory(long data, long next, long place, boolean later) throws IOException {
        List<Entry> entries = entries(data, later);
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(entries.size());
        for (Entry entry : entries) {
            out.writeShort(entry.tag);
            out.writeShort(entry.type);
            out.writeInt(entry.count);
            if (entry.value.length > 4) {
                out.writeInt((int) (place + 2 + 12 * entries.size() + 4 + values.size()));
                values.write(entry.value);
                values.write(new byte[entry.value.length % 2]);
            } else {
                out.write(ByteBuffer.allocate(4).put(entry.value).array());
            }
        }
        out.writeInt((int) next);
        values.writeTo(out);
        return bytes.toByteArray();
    }

    private List<Entry> entries(long data, boolean later) {
        List<Entry> entries = new ArrayList<>();
        entries.add(whole(256, LONG, shape.width()));
        entries.add(whole(257, LONG, shape.height()));
        int[] bits = new int[pixels.samples];
        Arrays.fill(bits, pixels.bits);
        entries.add(whole(258, SHORT, bits));
        entries.add(whole(259, SHORT, 1));
        entries.add(whole(262, SHORT, pixels == Pixels.RGB ? 2 : colours.isEmpty() ? 1 : 3));
        if (!later) {
            byte[] text = (description() + "\0").getBytes(StandardCharsets.US_ASCII);
            entries.add(new Entry(270, ASCII, text.length, text));
        }
        entries.add(whole(273, LONG, (int) data));
        entries.add(whole(277, SHORT, pixels.samples));
        entries.add(whole(278, LONG, shape.height()));
        entries.add(whole(279, LONG, (int) planeBytes()));
        if (calibration.isCalibrated()) {
            entries.add(resolution(282, calibration.pixelWidth()));
            entries.add(resolution(283, calibration.pixelHeight()));
            entries.add(whole(296, SHORT, 1));
        }
        if (!colours.isEmpty())
            entries.add(whole(320, SHORT, map()));
        if (pixels == Pixels.FLOATS)
            entries.add(whole(339, SHORT, 3));
        return entries;
    }

    private static Entry whole(int tag, int type, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * (type == SHORT ? 2 : 4));
        for (int value : values)
            if (type == SHORT)
                bytes.putShort((short) value);
            else
                bytes.putInt(value);
        return new Entry(tag, type, values.length, bytes.array());
    }

    /** Pixels in a unit, as a fraction of which the smaller part is a million, or as much of it as there is place for. */
    private static Entry resolution(int tag, double size) {
        double larger = Math.max(size, 1 / size);
        double smaller = Math.max(1, Math.floor(Math.min(MILLION, Integer.MAX_VALUE / larger)));
        int other = (int) Math.min(Integer.MAX_VALUE, Math.rint(smaller * larger));
        ByteBuffer fraction = ByteBuffer.allocate(8);
        return new Entry(tag, RATIONAL, 1, size > 1 ? fraction.putInt((int) smaller).putInt(other).array()
                : fraction.putInt(other).putInt((int) smaller).array());
    }

    private int[] map() {
        int[] map = new int[3 * 256];
        for (int i = 0; i < map.length; i++) {
            int label = i % 256;
            int value = label < colours.size() ? colours.get(label) >> 16 - 8 * (i / 256) & 0xff : 128;
            map[i] = value << 8;
        }
        return map;
    }

    private String description() {
        int planes = shape.planes();
        int dimensions = (shape.channels() > 1 ? 1 : 0) + (shape.slices() > 1 ? 1 : 0) + (shape.frames() > 1 ? 1 : 0);
        // Not the version of this ImageJ: another one must write the same bytes.
        StringBuilder text = new StringBuilder("ImageJ=1.54p\n");
        line(text, planes > 1, "images=" + planes);
        line(text, shape.channels() > 1, "channels=" + shape.channels());
        line(text, shape.slices() > 1, "slices=" + shape.slices());
        line(text, shape.frames() > 1, "frames=" + shape.frames());
        line(text, dimensions > 1 || shape.frames() > 1, "hyperstack=true");
        line(text, shape.channels() > 1, "mode=grayscale");
        text.append(calibration.descriptionLine());
        line(text, calibration.isCalibrated() && shape.slices() > 1 && shape.depth() > 0, "spacing=" + shape.depth());
        line(text, shape.interval() > 0, "finterval=" + shape.interval());
        line(text, planes > 1, "loop=false");
        line(text, pixels == Pixels.FLOATS, "min=0.0\nmax=1.0");
        line(text, pixels == Pixels.WIDE_LABELS || pixels == Pixels.LABELS, "min=0.0\nmax="
                + (pixels == Pixels.LABELS ? "255.0" : "65535.0"));
        return text.toString();
    }

    private static void line(StringBuilder text, boolean wanted, String line) {
        if (wanted)
            text.append(line).append('\n');
    }
}
