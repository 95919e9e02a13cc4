package io.github.palimpsest.view;

import java.util.Arrays;
import java.util.List;

import io.github.palimpsest.task.UserException;

import ij.IJ;
import ij.VirtualStack;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

/** Layers of one image as a stack of 32-bit slices, in ImageJ's order: channels within tags within rounds. */
final class LayerStack extends VirtualStack {

    /** A channel of the stack. */
    interface Channel {

        /** What the slice of a tag and round is called. */
        String label(int tag, int round);

        /** The values of a tag (from 0) and a round (from 0), row by row; a fresh array. */
        float[] values(int tag, int round);
    }

    private final int width;
    private final int height;
    private final List<? extends Channel> channels;
    private final int tags;
    private final int rounds;

    LayerStack(int width, int height, List<? extends Channel> channels, int tags, int rounds) {
        super(width, height, channels.size() * tags * rounds);
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.tags = tags;
        this.rounds = rounds;
        setBitDepth(32);
    }

    @Override
    public ImageProcessor getProcessor(int slice) {
        return new FloatProcessor(width, height, values(slice));
    }

    @Override
    public Object getPixels(int slice) {
        return values(slice);
    }

    /** ImageJ asks while it paints, and would show a stack trace for what the user can mend. */
    private float[] values(int slice) {
        try {
            return channel(slice).values(tag(slice), round(slice));
        } catch (UserException e) {
            IJ.showStatus(e.getMessage());
            float[] unknown = new float[width * height];
            Arrays.fill(unknown, Float.NaN);
            return unknown;
        }
    }

    @Override
    public float[] getVoxels(int x0, int y0, int z0, int w, int h, int d, float[] into) {
        float[] voxels = into != null && into.length == w * h * d ? into : new float[w * h * d];
        int i = 0;
        for (int z = z0; z < z0 + d; z++) {
            float[] slice = values(z + 1);
            for (int y = y0; y < y0 + h; y++)
                for (int x = x0; x < x0 + w; x++)
                    voxels[i++] = slice[y * width + x];
        }
        return voxels;
    }

    @Override
    public String getSliceLabel(int slice) {
        return channel(slice).label(tag(slice), round(slice));
    }

    @Override
    public int size() {
        return channels.size() * tags * rounds;
    }

    @Override
    public int getSize() {
        return size();
    }

    private Channel channel(int slice) {
        return channels.get((slice - 1) % channels.size());
    }

    private int tag(int slice) {
        return (slice - 1) / channels.size() % tags;
    }

    private int round(int slice) {
        return (slice - 1) / channels.size() / tags;
    }
}
