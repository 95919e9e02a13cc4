package io.github.palimpsest.crf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.dataset.ImageFolder;
import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.dataset.SkippedFile;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.ProbabilityMaps;
import io.github.palimpsest.store.RealPath;
import io.github.palimpsest.store.TagColours;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * Refines any classifier's probability maps on disk. For an image {@code a/b.jpg} the maps are {@code a/b.jpg.tif} or
 * {@code a/b.tif} ({@code .tiff} too); the result is {@code a/b.jpg.png} in the output, 0 being the first slice, and
 * on request {@code maps/a/b.jpg.tif}.
 *
 * @param images an image or a folder of images
 * @param probabilities the image's maps or a folder of maps, as {@link ProbabilityMaps} reads them
 * @param output the folder to write to
 * @param writesMaps whether to write the refined maps too
 */
public record RefineFolder(Path images, Path probabilities, Path output, boolean writesMaps) {

    /** A probability of 0 from a classifier is not certainty: the CRF may still overrule it. */
    private static final float LEAST = 1e-5f;

    /** Labels are bytes, and 255 stands for unlabelled. */
    private static final int MOST_LABELS = LabelImage.UNLABELLED;

    private static final int LISTED = 10;

    /**
     * What was done.
     *
     * @param refined the number of images
     * @param skipped the images that could not be refined, and why
     */
    public record Result(int refined, List<SkippedFile> skipped) {}

    private record Refined(MapStack maps, String problem) {}

    /**
     * Refines all images, those that are done already anew.
     *
     * @param threads at least 1; the results do not depend on it
     * @param progress gets the list of skipped images at the end
     * @throws UserException if there are no images or none can be refined, or the output lies within the inputs
     */
    public Result run(DenseCrf crf, int threads, Progress progress) {
        List<TaggedImage> found = find();
        requireOutputOutside();
        List<SkippedFile> skipped = new ArrayList<>();
        int side = crf.usesDevice() ? 1 : Math.min(threads, found.size());
        try (WorkerPool pool = new WorkerPool(side)) {
            int each = Math.max(1, threads / side);
            pool.inOrder(found, (image, worker) -> refine(image, crf, each, progress), (refined, i) -> {
                String name = found.get(i).name();
                if (refined.maps() == null)
                    skipped.add(new SkippedFile(name, refined.problem()));
                else
                    write(name, refined.maps());
            }, progress, "refining");
        }
        int refined = found.size() - skipped.size();
        if (refined == 0)
            throw new UserException((found.size() == 1 ? "" : "None of the " + found.size() + " images could be "
                    + "refined. ") + skipped.get(0).reason());
        tell(skipped, progress);
        return new Result(refined, List.copyOf(skipped));
    }

    private List<TaggedImage> find() {
        if (!Files.exists(probabilities))
            throw new UserException("There is nothing called " + probabilities + ": name the folder of probability "
                    + "maps, or the maps of a single image.");
        if (Files.isRegularFile(images))
            return List.of(new TaggedImage(images.getFileName().toString(), images, List.of()));
        if (Files.isRegularFile(probabilities))
            throw new UserException(probabilities + " is a single file and " + images + " is none: name the folder "
                    + "of the maps, or the one image that they belong to.");
        return ImageFolder.read(images, "").images();
    }

    private void requireOutputOutside() {
        if (Files.isRegularFile(output))
            throw new UserException(output + " is a file, but the output is a folder: choose another name.");
        for (Path input : List.of(images, probabilities))
            if (Files.isDirectory(input) && RealPath.of(output).startsWith(RealPath.of(input)))
                throw new UserException("The output " + output + " lies in " + input
                        + ", where the results would be taken for inputs: choose a folder outside of it.");
    }

    private Refined refine(TaggedImage image, DenseCrf crf, int threads, Progress progress) {
        try {
            Path file = maps(image.name());
            MapStack given = ProbabilityMaps.read(file);
            requireLabels(file, given);
            Tensor pixels = ImageReader.read(image.file());
            if (pixels.size(1) != given.maps().size(1) || pixels.size(2) != given.maps().size(2))
                throw new UserException("The image " + image.file() + " is " + size(pixels) + " pixels and its maps "
                        + file + " are " + size(given.maps()) + ": bring them to the same size.");
            Tensor marginals = crf.refine(pixels, normalized(file, given.maps()), threads, new Cancelling(progress));
            return new Refined(new MapStack(given.labels(), marginals), null);
        } catch (UserException e) {
            return new Refined(null, e.getMessage());
        }
    }

    private Path maps(String name) {
        if (Files.isRegularFile(probabilities))
            return probabilities;
        int dot = name.lastIndexOf('.');
        String stem = dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
        for (String candidate : List.of(name + ".tif", stem + ".tif", name + ".tiff", stem + ".tiff"))
            if (Files.isRegularFile(probabilities.resolve(candidate)))
                return probabilities.resolve(candidate);
        throw new UserException("The image " + name + " has no maps in " + probabilities + ": add " + stem
                + ".tif, or remove the image.");
    }

    private static void requireLabels(Path file, MapStack maps) {
        int labels = maps.labels().size();
        if (labels < 2)
            throw new UserException("The maps " + file + " have one slice only, and a choice needs two: add the "
                    + "background's, such as 1 − the first.");
        if (labels > MOST_LABELS)
            throw new UserException("The maps " + file + " have " + labels + " slices, and at most " + MOST_LABELS
                    + " labels fit into a label image: merge some.");
    }

    private static String size(Tensor image) {
        return image.size(2) + "×" + image.size(1);
    }

    /** Brought to sum 1; where all are 0, nothing is known. */
    private static Tensor normalized(Path file, Tensor maps) {
        int labels = maps.size(0);
        int pixels = maps.size(1) * maps.size(2);
        float[] from = maps.data();
        Tensor result = Tensor.zeros(maps.shape());
        for (int pixel = 0; pixel < pixels; pixel++) {
            double sum = 0;
            for (int i = pixel; i < from.length; i += pixels) {
                if (!(from[i] >= 0 && from[i] < Float.POSITIVE_INFINITY))
                    throw new UserException("The maps " + file + " have a value of " + from[i] + " at x = "
                            + pixel % maps.size(2) + ", y = " + pixel / maps.size(2)
                            + ", which is no probability: save values from 0 on, such as the softmax of scores.");
                sum += from[i];
            }
            for (int i = pixel; i < from.length; i += pixels)
                result.data()[i] = sum > 0 ? (float) Math.max(from[i] / sum, LEAST) : 1f / labels;
        }
        return result;
    }

    private void write(String name, MapStack marginals) {
        Tensor maps = marginals.maps();
        new LabelImage(maps.size(2), maps.size(1), Labels.argmax(maps)).write(output.resolve(name + ".png"),
                TagColours.of(maps.size(0) - 1));
        if (writesMaps)
            marginals.write(output.resolve("maps").resolve(name + ".tif"));
    }

    private static void tell(List<SkippedFile> skipped, Progress progress) {
        if (skipped.isEmpty())
            return;
        progress.warn(skipped.size() == 1 ? "1 image was skipped:" : skipped.size() + " images were skipped:");
        for (SkippedFile each : skipped.subList(0, Math.min(LISTED, skipped.size())))
            progress.warn(each.reason());
        if (skipped.size() > LISTED)
            progress.warn("... and " + (skipped.size() - LISTED) + " more.");
    }

    /** The iterations of one image: stopped with the whole, but no part of the bar. */
    private record Cancelling(Progress whole) implements Progress {

        @Override
        public void report(double fraction, String stage) {
            // The bar counts images.
        }

        @Override
        public void say(String sentence) {
            whole.say(sentence);
        }

        @Override
        public void warn(String sentence) {
            whole.warn(sentence);
        }

        @Override
        public boolean isCancelled() {
            return whole.isCancelled();
        }
    }
}
