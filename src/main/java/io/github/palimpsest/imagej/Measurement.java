package io.github.palimpsest.imagej;

import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import io.github.palimpsest.dataset.OpenImage;
import io.github.palimpsest.segmentation.model.Segmentation;

/**
 * What a tag covers in a slice.
 *
 * @param slice from 1; 0 for an image that is no stack
 * @param tag empty for a slice in which no tag was taken into account
 * @param confidence of the tag head, 0..1
 * @param pixels that have its label
 * @param area of these, in the square of the unit
 * @param unit of the pixels' width and height
 * @param means of each channel's values there, as ImageJ measures them: in the unit of a density calibration; of
 *            colours the luminance; what is not a number is left out. NaN where there is no pixel.
 */
public record Measurement(int slice, String tag, double confidence, long pixels, double area, String unit,
        List<Double> means) {

    public Measurement {
        means = List.copyOf(means);
    }

    /** All tags that were taken into account in a slice of an image. */
    static List<Measurement> of(ImagePlus image, OpenImage opened, int index, Segmentation segmentation,
            List<String> tags) {
        int slice = opened.shape().images() > 1 ? index + 1 : 0;
        double pixelArea = image.getCalibration().pixelWidth * image.getCalibration().pixelHeight;
        String unit = image.getCalibration().getUnit();
        List<double[]> means = new ArrayList<>();
        for (int channel = 0; channel < opened.channels(); channel++)
            means.add(means(image, opened.values(index, channel), segmentation.labels(), tags.size() + 1));
        List<Measurement> measurements = new ArrayList<>();
        for (int label : segmentation.shown())
            if (label > 0) {
                long pixels = segmentation.pixels(label);
                measurements.add(new Measurement(slice, tags.get(label - 1), segmentation.confidences()[label - 1],
                        pixels, pixels * pixelArea, unit, means.stream().map(mean -> mean[label]).toList()));
            }
        if (measurements.isEmpty())
            measurements.add(new Measurement(slice, "", Double.NaN, 0, 0, unit, means.stream().map(mean -> Double.NaN)
                    .toList()));
        return measurements;
    }

    private static double[] means(ImagePlus image, ImageProcessor values, short[] labels, int count) {
        values.setCalibrationTable(image.getCalibration().getCTable());
        double[] sums = new double[count];
        long[] numbers = new long[count];
        int width = values.getWidth();
        for (int i = 0; i < labels.length; i++) {
            float value = values.getPixelValue(i % width, i / width);
            if (Float.isFinite(value)) {
                sums[labels[i] & 0xffff] += value;
                numbers[labels[i] & 0xffff]++;
            }
        }
        for (int label = 0; label < count; label++)
            sums[label] /= numbers[label];
        return sums;
    }
}
