package io.github.palimpsest.segmentation.masks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.erasing.ScoreMaps;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * What the first rounds of a run found in an image: maps and mined regions, as if erasing had stopped after them. A
 * round that was trained but not merged counts as if it were not there. Safe for several threads.
 */
public final class AccumulatedMaps {

    private static final String REMEDY = " Restore it, or begin anew with train-ae in another output.";

    private final RunFolder run;
    private final List<Integer> merged;

    /** @param record of that run */
    public AccumulatedMaps(RunFolder run, RunRecord record) {
        this.run = run;
        this.merged = record.rounds().stream().filter(RoundRecord::merged).map(RoundRecord::round).toList();
    }

    /** The number of merged rounds. */
    public int rounds() {
        return merged.size();
    }

    /**
     * How many rounds a setting means.
     *
     * @param wanted a number of rounds, or 0 for all that were merged
     * @throws UserException if there are none, or not so many
     */
    public int resolve(int wanted) {
        if (merged.isEmpty())
            throw new UserException("The run in " + run.root() + " has no merged round yet, so there is nothing to "
                    + "make masks of. Run train-ae with this output until its first round is done.");
        if (wanted > merged.size())
            throw new UserException("The setting merge is " + wanted + ", but the run in " + run.root()
                    + " has merged only " + merged.size() + ". Give merge=" + merged.size() + " or fewer, or auto.");
        return wanted == 0 ? merged.size() : wanted;
    }

    /**
     * The maximum over the first merged rounds' maps, each divided by its own maximum.
     *
     * @param rounds how many, from 1 to {@link #rounds()}
     * @return {@code T×h×w}, 0..1, in the order of the image's tags, at the network's resolution; null for an image
     *            without tags
     * @throws UserException if a file is missing, damaged, or not of this image, naming it
     */
    public Tensor maps(ImageRecord image, int rounds) {
        if (image.tags().isEmpty())
            return null;
        Tensor accumulated = null;
        for (int round : merged.subList(0, rounds)) {
            Path file = run.cam(round, image.name());
            Tensor maps = ScoreMaps.normalised(read(file, image));
            if (accumulated == null) {
                accumulated = maps;
                continue;
            }
            if (!maps.hasShape(accumulated.shape()))
                throw new UserException(file + " holds maps of " + maps.size(2) + "×" + maps.size(1)
                        + " cells, but those of earlier rounds are of " + accumulated.size(2) + "×"
                        + accumulated.size(1) + "." + REMEDY);
            for (int i = 0; i < maps.length(); i++)
                accumulated.data()[i] = Math.max(accumulated.data()[i], maps.data()[i]);
        }
        return accumulated;
    }

    private static Tensor read(Path file, ImageRecord image) {
        requirePresent(file);
        MapStack stack = MapStack.read(file);
        for (float value : stack.maps().data())
            if (!Float.isFinite(value))
                throw new UserException(file + " holds values that are no numbers." + REMEDY);
        List<Integer> order = order(stack.labels(), image, file);
        Tensor maps = Tensor.zeros(order.size(), stack.maps().size(1), stack.maps().size(2));
        int cells = maps.size(1) * maps.size(2);
        for (int k = 0; k < order.size(); k++)
            System.arraycopy(stack.maps().data(), order.get(k) * cells, maps.data(), k * cells, cells);
        return maps;
    }

    /**
     * What the first merged rounds mined, at the image's size.
     *
     * @param rounds how many, from 1 to {@link #rounds()}
     * @return one slice for each of the image's tags in their order; value = the round that mined the pixel, 0 = not
     *            mined by then
     * @throws UserException if the file is missing, damaged, or not of this image, naming it
     */
    public LabelStack regions(ImageRecord image, int rounds) {
        if (image.tags().isEmpty())
            return new LabelStack(List.of(), image.width(), image.height(), List.of());
        Path file = run.regions(image.name());
        requirePresent(file);
        LabelStack stack = LabelStack.read(file);
        if (stack.width() != image.width() || stack.height() != image.height())
            throw new UserException(file + " is " + stack.width() + "×" + stack.height()
                    + " pixels, but run.json says that the image is " + image.width() + "×" + image.height() + "."
                    + REMEDY);
        int last = merged.get(rounds - 1);
        List<byte[]> slices = new ArrayList<>();
        for (int slice : order(stack.labels(), image, file)) {
            byte[] minedIn = stack.slices().get(slice);
            for (int i = 0; i < minedIn.length; i++)
                if ((minedIn[i] & 0xff) > last)
                    minedIn[i] = 0;
            slices.add(minedIn);
        }
        return new LabelStack(image.tags(), image.width(), image.height(), slices);
    }

    private static void requirePresent(Path file) {
        if (!Files.exists(file))
            throw new UserException(file + " is missing, which train-ae wrote." + REMEDY);
    }

    /** Where a file has the image's tags, which are found by name. */
    private static List<Integer> order(List<String> labels, ImageRecord image, Path file) {
        List<Integer> order = image.tags().stream().map(labels::indexOf).toList();
        int absent = order.indexOf(-1);
        if (absent >= 0 || labels.size() != order.size())
            throw new UserException(file + " has slices for " + String.join(", ", labels)
                    + ", but the image has the tags " + String.join(", ", image.tags()) + "." + REMEDY);
        return order;
    }
}
