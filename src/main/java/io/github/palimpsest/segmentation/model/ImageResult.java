package io.github.palimpsest.segmentation.model;

import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.store.Calibration;

/**
 * What is known of a segmented image once its files are written.
 *
 * @param checksum SHA-256 of the image's file, hexadecimal
 * @param given the tags that the folder gave it; empty where the model finds them
 * @param unit of the pixels' width and height
 * @param slices one, or as many as the stack has
 */
record ImageResult(String checksum, List<String> given, String unit, List<Slice> slices) {

    ImageResult {
        given = List.copyOf(given);
        slices = List.copyOf(slices);
    }

    /**
     * One plane.
     *
     * @param number from 1 in a stack; 0 for an image that is none
     * @param rows one for each tag that was taken into account
     */
    record Slice(int number, List<Row> rows) {

        Slice {
            rows = List.copyOf(rows);
        }

        static Slice of(int number, Calibration calibration, List<String> tags, Segmentation segmentation) {
            List<Row> rows = new ArrayList<>();
            for (int label : segmentation.shown())
                if (label > 0) {
                    long pixels = segmentation.pixels(label);
                    rows.add(new Row(tags.get(label - 1), segmentation.confidences()[label - 1], pixels,
                            pixels * calibration.pixelArea()));
                }
            return new Slice(number, rows);
        }
    }

    /**
     * A tag of a slice.
     *
     * @param confidence of the tag head, 0..1
     * @param pixels that have its label
     * @param area of these, in the square of the unit
     */
    record Row(String tag, float confidence, long pixels, double area) {}

    boolean isStack() {
        return !slices.isEmpty() && slices.get(0).number() > 0;
    }
}
