package io.github.palimpsest.segmentation.model;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import io.github.palimpsest.store.Calibration;
import io.github.palimpsest.store.StackShape;
import io.github.palimpsest.store.StackTiff;
import io.github.palimpsest.tensor.Tensor;

/**
 * The files of a segmented stack, which grow slice by slice, so that one slice is in memory at a time. They are there
 * whole or not at all.
 *
 * @param shape of the label image
 * @param tags how many the model has
 * @param colours 0xRRGGBB of all labels, the background's first
 * @param labels the file of labels; null if it is not wanted
 * @param overlays the file of the labels laid over the images; null if it is not wanted
 * @param probabilities the file of these, a channel for each of the model's labels; null if it is not wanted
 */
public record SegmentedStack(StackShape shape, Calibration calibration, int tags, List<Integer> colours, Path labels,
        Path overlays, Path probabilities) {

    /** Takes the slices in their order. */
    public interface Slices {
        /** Writes the next one; the picture is {@code 3×H×W}, 0..255, and may be null where there are no overlays. */
        void add(Tensor rgb, Segmentation segmentation);
    }

    /** Writes what is wanted; the filling adds all slices, and whatever it throws leaves nothing behind. */
    public void write(Consumer<Slices> filling) {
        StackTiff labelFile = StackTiff.ofLabels(tags + 1, shape, calibration, colours);
        StackTiff overlayFile = new StackTiff(StackTiff.Pixels.RGB, shape, calibration, List.of());
        StackTiff mapFile = new StackTiff(StackTiff.Pixels.FLOATS, shape.withChannels(tags + 1), calibration, List.of());
        write(labelFile, labels, labelPlanes -> write(overlayFile, overlays, overlayPlanes -> write(mapFile,
                probabilities, mapPlanes -> filling.accept((rgb, segmentation) -> {
                    labelPlanes.add(segmentation.labels());
                    if (overlays != null)
                        overlayPlanes.add(Overlay.pixels(rgb, segmentation, colours));
                    for (int label = 0; probabilities != null && label <= tags; label++)
                        mapPlanes.add(segmentation.probabilities(label));
                }))));
    }

    private static void write(StackTiff tiff, Path file, StackTiff.Filling filling) {
        if (file == null)
            filling.fill(plane -> {});
        else
            tiff.write(file, filling);
    }
}
