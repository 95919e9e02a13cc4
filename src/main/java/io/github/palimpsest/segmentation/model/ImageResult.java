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
 * @param rows one for each tag that was taken into account
 */
record ImageResult(String checksum, List<String> given, String unit, List<Row> rows) {

    ImageResult {
        given = List.copyOf(given);
        rows = List.copyOf(rows);
    }

    /**
     * A tag of the image.
     *
     * @param confidence of the tag head, 0..1
     * @param pixels that have its label
     * @param area of these, in the square of the unit
     */
    record Row(String tag, float confidence, long pixels, double area) {}

    static ImageResult of(String checksum, List<String> given, Calibration calibration, List<String> tags,
            Segmentation segmentation) {
        List<Row> rows = new ArrayList<>();
        for (int label : segmentation.shown())
            if (label > 0) {
                long pixels = segmentation.pixels(label);
                rows.add(new Row(tags.get(label - 1), segmentation.confidences()[label - 1], pixels,
                        pixels * calibration.pixelArea()));
            }
        return new ImageResult(checksum, given, calibration.unit(), rows);
    }
}
