package io.github.palimpsest.evaluation.masks;

import java.nio.file.Path;
import java.util.List;

import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/** One image of a run against its mask. */
final class ImageScoring {

    private final RunFolder run;
    private final List<String> tags;
    private final ImageRecord image;
    private final byte[] truth;
    private final int pixels;

    /**
     * @param tags of the run, in order
     * @param truth a label for every pixel
     */
    ImageScoring(RunFolder run, List<String> tags, ImageRecord image, byte[] truth) {
        this.run = run;
        this.tags = tags;
        this.image = image;
        this.truth = truth;
        pixels = truth.length;
    }

    void addTo(List<RoundTally> tallies) {
        int n = image.tags().size();
        Tensor accumulated = Tensor.zeros(n, image.height(), image.width());
        LabelStack regions = n > 0 && tallies.stream().anyMatch(tally -> tally.round.merged()) ? regions() : null;
        for (RoundTally tally : tallies) {
            Tensor maps = maps(tally.round.round());
            sweep(tally.cam, maps);
            if (tally.round.merged()) {
                for (int i = 0; i < maps.length(); i++)
                    accumulated.data()[i] = Math.max(accumulated.data()[i], maps.data()[i]);
                sweep(tally.accumulated, accumulated);
                tally.addRegions(mined(regions, tally.round.round(), accumulated));
            }
        }
    }

    /**
     * The round's maps of the image's tags, at the image's size, not negative, the maximum of each 1 unless it is 0.
     */
    private Tensor maps(int round) {
        if (image.tags().isEmpty())
            return Tensor.zeros(0, image.height(), image.width());
        Path file = run.cam(round, image.name());
        MapStack stack = MapStack.read(file);
        Tensor resized = Resize.bilinear(stack.maps(), image.height(), image.width());
        Tensor maps = Tensor.zeros(image.tags().size(), image.height(), image.width());
        for (int c = 0; c < image.tags().size(); c++) {
            int from = slice(stack.labels(), c, file) * pixels;
            float maximum = 0;
            for (int i = 0; i < pixels; i++)
                maximum = Math.max(maximum, resized.data()[from + i]);
            if (maximum > 0)
                for (int i = 0; i < pixels; i++)
                    maps.data()[c * pixels + i] = Math.max(0, resized.data()[from + i]) / maximum;
        }
        return maps;
    }

    private LabelStack regions() {
        LabelStack stack = LabelStack.read(run.regions(image.name()));
        if (stack.width() != image.width() || stack.height() != image.height())
            throw new UserException(run.regions(image.name()) + " is " + stack.width() + "×" + stack.height()
                    + " pixels, but run.json says that the image is " + image.width() + "×" + image.height()
                    + ". Run train-ae again in a new folder.");
        return stack;
    }

    private void sweep(ThresholdSweep sweep, Tensor maps) {
        byte[] highest = new byte[pixels];
        float[] values = new float[pixels];
        for (int c = 0; c < image.tags().size(); c++) {
            byte label = label(c);
            for (int i = 0; i < pixels; i++)
                if (maps.data()[c * pixels + i] > values[i]) {
                    values[i] = maps.data()[c * pixels + i];
                    highest[i] = label;
                }
        }
        sweep.add(truth, highest, values);
    }

    private ConfusionMatrix mined(LabelStack regions, int round, Tensor accumulated) {
        byte[] labels = new byte[pixels];
        float[] values = new float[pixels];
        for (int c = 0; c < image.tags().size(); c++) {
            byte label = label(c);
            byte[] minedIn = regions.slices().get(slice(regions.labels(), c, run.regions(image.name())));
            for (int i = 0; i < pixels; i++) {
                int in = minedIn[i] & 0xff;
                float value = accumulated.data()[c * pixels + i];
                if (in > 0 && in <= round && (labels[i] == 0 || value > values[i])) {
                    labels[i] = label;
                    values[i] = value;
                }
            }
        }
        ConfusionMatrix matrix = new ConfusionMatrix(tags.size() + 1);
        matrix.add(truth, labels);
        return matrix;
    }

    /** The label of the image's tag. */
    private byte label(int tag) {
        int index = tags.indexOf(image.tags().get(tag));
        if (index < 0)
            throw new UserException(run.record() + " gives the image " + image.name() + " the tag \""
                    + image.tags().get(tag) + "\", which is none of the run's. Run train-ae again in a new folder.");
        return (byte) (index + 1);
    }

    private int slice(List<String> labels, int tag, Path file) {
        int index = labels.indexOf(image.tags().get(tag));
        if (index < 0)
            throw new UserException(file + " has no slice for the tag \"" + image.tags().get(tag)
                    + "\". Delete the round that it belongs to and run the same command again.");
        return index;
    }
}
