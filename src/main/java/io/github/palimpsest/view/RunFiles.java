package io.github.palimpsest.view;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.segmentation.masks.AccumulatedMaps;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RealPath;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * The files of a run as pixels of the image's own size, row by row. A file that is missing, damaged or of another image is
 * a sentence.
 *
 * @param run where maps and regions are
 * @param result where masks and predictions are; mostly the same
 * @param images where the images are
 */
record RunFiles(RunFolder run, RunFolder result, Path images, LayerCache cache) {

    private static final String RESTORE = " is missing, which the run wrote. Restore it, or begin anew with train-ae in another "
            + "output.";
    private static final String NOT_YET = " is not there. It is written by train-psl, and for the images that were trained on.";

    /**
     * Makes sure that writing a file destroys nothing of the run and none of its images.
     *
     * @throws UserException if it lies in one of their folders
     */
    void requireOutside(Path output) {
        for (Path read : List.of(images, run.root(), result.root()))
            if (RealPath.of(output).startsWith(RealPath.of(read)))
                throw new UserException("The output " + output + " lies in " + read + ", where it might overwrite images or files of "
                        + "the run. Choose another folder.");
    }

    Path original(ImageRecord image) {
        return images.resolve(image.name());
    }

    /** 0xFFRRGGBB, as classifiers see it. */
    int[] colours(ImageRecord image) {
        return held(Layer.ORIGINAL, image, "", 4, () -> {
            Path file = present(original(image), " is not there. Give images= the folder that the run's images are in now.");
            Tensor pixels = ImageReader.read(file);
            requireSize(file, image, pixels.size(2), pixels.size(1));
            int plane = pixels.size(1) * pixels.size(2);
            int[] colours = new int[plane];
            Arrays.fill(colours, 0xFF000000);
            for (int c = 0; c < 3; c++)
                for (int i = 0; i < plane; i++)
                    colours[i] |= Math.round(Math.max(0, Math.min(255, pixels.data()[c * plane + i]))) << 16 - 8 * c;
            return colours;
        });
    }

    /** A round's map of a tag, as it is when it is mined. */
    float[] cam(ImageRecord image, String tag, int round) {
        return held(Layer.CAM, image, round + "/" + tag, 4, () -> {
            Path file = run.cam(round, image.name());
            MapStack stack = MapStack.read(present(file, RESTORE));
            return resized(stack.maps(), slice(file, stack.labels(), tag), image);
        });
    }

    /** @param merged how many of the merged rounds; 0 gives an empty map */
    float[] accumulated(RunRecord record, ImageRecord image, String tag, int merged) {
        return held(Layer.ACCUMULATED, image, merged + "/" + tag, 4, () -> {
            if (merged == 0)
                return new float[image.width() * image.height()];
            return resized(new AccumulatedMaps(run, record).maps(image, merged), image.tags().indexOf(tag), image);
        });
    }

    /** The round that mined a pixel for a tag; what rounds after the given one did is not there yet. */
    byte[] regions(ImageRecord image, String tag, int rounds) {
        return held(Layer.REGIONS, image, rounds + "/" + tag, 1, () -> {
            Path file = run.regions(image.name());
            LabelStack stack = LabelStack.read(present(file, RESTORE));
            return upTo(rounds, file, image, stack, slice(file, stack.labels(), tag));
        });
    }

    /** The round that erased a pixel; an image that nothing was erased from has no file. */
    byte[] erased(ImageRecord image, int rounds, boolean mayBeAbsent) {
        return held(Layer.ERASED, image, "" + rounds, 1, () -> {
            Path file = run.erased(image.name());
            if (mayBeAbsent && !Files.exists(file))
                return new byte[image.width() * image.height()];
            return upTo(rounds, file, image, LabelStack.read(present(file, RESTORE)), 0);
        });
    }

    float[] background(ImageRecord image) {
        return held(Layer.BACKGROUND, image, "", 4, () -> resized(MapStack.read(present(result.background(image.name()),
                NOT_YET)).maps(), 0, image));
    }

    byte[] mask(ImageRecord image) {
        return labels(Layer.MASK, image, result.mask(image.name()));
    }

    /** Where the last pass' answer for an image is; the first one's place if there is none. */
    Path prediction(ImageRecord image) {
        int pass = 0;
        while (Files.exists(result.prediction(pass + 1, image.name())))
            pass++;
        return result.prediction(pass, image.name());
    }

    byte[] prediction(ImageRecord image, Path file) {
        return labels(Layer.PREDICTION, image, file);
    }

    private byte[] labels(Layer layer, ImageRecord image, Path file) {
        return held(layer, image, file.toString(), 1, () -> {
            LabelImage labels = LabelImage.read(present(file, NOT_YET));
            requireSize(file, image, labels.width(), labels.height());
            return labels.labels();
        });
    }

    /** Pixels that some other place fetches, held like the others. */
    <P> P held(Layer layer, ImageRecord image, String which, int bytesPerPixel, Supplier<P> load) {
        long bytes = (long) bytesPerPixel * image.width() * image.height();
        return cache.get(List.of(layer, image.name(), which), bytes, load);
    }

    private static Path present(Path file, String otherwise) {
        if (!Files.exists(file))
            throw new UserException(file + otherwise);
        return file;
    }

    private static float[] resized(Tensor maps, int slice, ImageRecord image) {
        Tensor map = maps.slice(slice).reshape(1, maps.size(1), maps.size(2));
        return Resize.bilinear(map, image.height(), image.width()).data();
    }

    private static byte[] upTo(int rounds, Path file, ImageRecord image, LabelStack stack, int slice) {
        requireSize(file, image, stack.width(), stack.height());
        byte[] values = stack.slices().get(slice);
        for (int i = 0; i < values.length; i++)
            if ((values[i] & 255) > rounds)
                values[i] = 0;
        return values;
    }

    private static int slice(Path file, List<String> labels, String tag) {
        int slice = labels.indexOf(tag);
        if (slice < 0)
            throw new UserException(file + " has no slice of the tag " + tag + ", only of " + String.join(", ", labels)
                    + ". It is not of this run: restore the file that was there.");
        return slice;
    }

    private static void requireSize(Path file, ImageRecord image, int width, int height) {
        if (width != image.width() || height != image.height())
            throw new UserException(file + " is " + width + "×" + height + " pixels, but the image was " + image.width() + "×"
                    + image.height() + " when the run read it. Restore the file that was there.");
    }
}
