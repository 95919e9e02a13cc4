package io.github.palimpsest.imagej;

import java.awt.image.IndexColorModel;
import java.util.List;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;

import io.github.palimpsest.segmentation.model.Segmentation;
import io.github.palimpsest.store.SegmentedImage;
import io.github.palimpsest.store.StackShape;

/** An image that grows plane by plane, and gets the dimensions and the calibration of another one. */
final class ResultStack {

    private final ImagePlus source;
    private final StackShape shape;
    private final ImageStack planes;

    ResultStack(ImagePlus source, StackShape shape) {
        this.source = source;
        this.shape = shape;
        this.planes = new ImageStack(shape.width(), shape.height());
    }

    /** Takes the labels of a slice, in 8 bits if so many labels fit into them. */
    void addLabels(Segmentation segmentation, int count, String name) {
        if (count > SegmentedImage.MOST_IN_A_BYTE) {
            planes.addSlice(name, new ShortProcessor(shape.width(), shape.height(), segmentation.labels(), null));
            return;
        }
        byte[] bytes = new byte[segmentation.labels().length];
        for (int i = 0; i < bytes.length; i++)
            bytes[i] = (byte) segmentation.labels()[i];
        planes.addSlice(name, new ByteProcessor(shape.width(), shape.height(), bytes));
    }

    /** Takes a picture, 0xRRGGBB. */
    void addPicture(int[] pixels, String name) {
        planes.addSlice(name, new ColorProcessor(shape.width(), shape.height(), pixels));
    }

    /** Takes a map of numbers. */
    void addMap(float[] values, String name) {
        planes.addSlice(name, new FloatProcessor(shape.width(), shape.height(), values));
    }

    /** The label image, in the colours of the labels. */
    ImagePlus labels(String title, List<Integer> colours) {
        ImagePlus image = image(title);
        boolean wide = image.getBitDepth() == 16;
        int last = wide ? colours.size() - 1 : 255;
        image.setLut(new LUT(table(colours, last), 0, last));
        image.setDisplayRange(0, last);
        return image;
    }

    /** The image of maps, each 0..1, whose channels are looked at one by one. */
    ImagePlus maps(String title) {
        ImagePlus image = image(title);
        if (shape.channels() > 1)
            image = new CompositeImage(image, IJ.GRAYSCALE);
        for (int channel = shape.channels(); channel >= 1; channel--) {
            if (shape.channels() > 1)
                image.setPositionWithoutUpdate(channel, 1, 1);
            image.setDisplayRange(0, 1);
        }
        return image;
    }

    /** The image as it is. */
    ImagePlus image(String title) {
        ImagePlus image = new ImagePlus(title, planes);
        image.setDimensions(shape.channels(), shape.slices(), shape.frames());
        image.setOpenAsHyperStack(shape.planes() > 1 && (source.isHyperStack() || shape.channels() > 1));
        Calibration calibration = source.getCalibration().copy();
        calibration.disableDensityCalibration();
        image.setCalibration(calibration);
        return image;
    }

    /** A table for values from 0 to the last; where there are more values than places, each has the nearest colour. */
    private static IndexColorModel table(List<Integer> colours, int last) {
        byte[][] table = new byte[3][256];
        for (int i = 0; i < 256; i++) {
            int label = (int) Math.round(i * last / 255.0);
            for (int c = 0; c < 3; c++)
                table[c][i] = (byte) (label < colours.size() ? colours.get(label) >> 16 - 8 * c : 128);
        }
        return new IndexColorModel(8, 256, table[0], table[1], table[2]);
    }
}
