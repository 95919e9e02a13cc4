package io.github.palimpsest.view;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.palimpsest.erasing.Mining;
import io.github.palimpsest.report.RunPage;
import io.github.palimpsest.store.Calibration;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * What a run knows of its images, layer by layer, as ImgLib2 images:
 *
 * <pre>
 * RunLayers layers = RunLayers.open(Path.of("run"));
 * RandomAccessibleInterval&lt;FloatType&gt; map = layers.cam("a.png", "cell", 2);
 * </pre>
 *
 * Every layer is {@code X×Y} of the image's own size, so that they lie on each other. Opening reads {@code run.json} only; a
 * layer's file is read when its pixels are asked for, and what is held in memory is bounded, whatever the number of images.
 * A run that is still being trained can be opened: its finished rounds are there, and {@link #refresh} looks for more. What
 * was handed out before then shows the newer state.
 * <p>
 * A missing or damaged file is a {@link UserException} with a sentence, thrown where the pixels are asked for; so is, at
 * once, an image, tag or round that the run does not have. Safe for several threads.
 */
public final class RunLayers {

    private final RunFiles files;
    // The images of a run never change, so that these do not either.
    private final Optional<ExactMasks> masks;
    private volatile RunState state;

    private RunLayers(RunFiles files, RunState state, Optional<ExactMasks> masks) {
        this.files = files;
        this.state = state;
        this.masks = masks;
    }

    /**
     * Opens a run whose images are where it found them.
     *
     * @param folder of a run, or of a segmentation that was made of a run elsewhere
     * @throws UserException if there is none, or its {@code run.json} is damaged
     */
    public static RunLayers open(Path folder) {
        return open(folder, Optional.empty(), Optional.empty());
    }

    /**
     * Opens a run.
     *
     * @param folder of a run, or of a segmentation that was made of a run elsewhere
     * @param images the folder of its images, if it is not where the run found them
     * @param masks a folder of exact masks, matched by name
     * @throws UserException if there is no run, its {@code run.json} is damaged, or the masks are not of its images
     */
    public static RunLayers open(Path folder, Optional<Path> images, Optional<Path> masks) {
        return open(folder, images, masks, new LayerCache());
    }

    static RunLayers open(Path folder, Optional<Path> images, Optional<Path> masks, LayerCache cache) {
        RunFolder result = new RunFolder(folder);
        RunFolder run = RunPage.runOf(result);
        RunState state = RunState.read(run, result);
        RunFiles files = new RunFiles(run, result, images.orElseGet(() -> Path.of(state.record().folder())), cache);
        return new RunLayers(files, state, masks.map(at -> ExactMasks.open(at, state.record())));
    }

    /**
     * Looks whether the run has gone on since it was last looked at: a round or a pass has ended.
     *
     * @return whether it has
     * @throws UserException if the run has gone or is damaged; then all stays as it was
     */
    public boolean refresh() {
        if (!state.isOutdated(files.run(), files.result()))
            return false;
        state = RunState.read(files.run(), files.result());
        files.cache().clear();
        return true;
    }

    /** Where the maps and regions are. */
    public RunFolder run() {
        return files.run();
    }

    /** What {@code run.json} says. */
    public RunRecord record() {
        return state.record();
    }

    /**
     * Makes sure that a file can be written without harm to the run and its images.
     *
     * @throws UserException if it lies in one of their folders
     */
    public void requireOutside(Path output) {
        files.requireOutside(output);
    }

    /** The names of the run's images, in their order. */
    public List<String> images() {
        return record().images().stream().map(ImageRecord::name).toList();
    }

    /** Size and tags of an image. */
    public ImageRecord image(String name) {
        ImageRecord image = state.images().get(name);
        if (image == null)
            throw new UserException("The run in " + files.run().root() + " has no image " + name + "."
                    + (images().isEmpty() ? "" : " Its first one is called " + images().get(0) + "."));
        return image;
    }

    /** The number of finished rounds; 0 while the first is trained. */
    public int rounds() {
        return record().rounds().size();
    }

    /** The rule by which the run mines. */
    public Mining mining() {
        return Mining.parse(new SettingsText(record().settings(), Map.of()));
    }

    /** How large an image's pixels are. */
    public Calibration calibration(String image) {
        return Calibration.of(files.original(image(image)));
    }

    /** Where an image's file is. */
    public Path file(String image) {
        return files.original(image(image));
    }

    /** The image as classifiers see it, 0..255. */
    public RandomAccessibleInterval<ARGBType> original(String image) {
        return argb(image(image), () -> colours(image));
    }

    /**
     * The image as a round leaves it to the next: what was erased up to this round has the mean colour of the training images.
     *
     * @param round 0 for the image itself
     */
    public RandomAccessibleInterval<ARGBType> erased(String image, int round) {
        requireRound(round, 0);
        return argb(image(image), () -> erasedColours(image, round));
    }

    /** The round that erased a pixel, 0 where none did. */
    public RandomAccessibleInterval<UnsignedByteType> erasedBy(String image) {
        return bytes(image(image), () -> erasedValues(image));
    }

    /** Where a round's classifier looks for a tag: activations from 0 on, as they are when the round mines them. */
    public RandomAccessibleInterval<FloatType> cam(String image, String tag, int round) {
        requireRound(round, 1);
        return floats(image(image, tag), () -> camValues(image, tag, round));
    }

    /** {@link #accumulated(String, String, int)} of all rounds. */
    public RandomAccessibleInterval<FloatType> accumulated(String image, String tag) {
        return accumulated(image, tag, rounds());
    }

    /** The maximum over the merged ones of the first rounds, each map divided by its own maximum: 0..1. */
    public RandomAccessibleInterval<FloatType> accumulated(String image, String tag, int round) {
        requireRound(round, 0);
        return floats(image(image, tag), () -> accumulatedValues(image, tag, round));
    }

    /** The round that mined a pixel for a tag, 0 where none did. */
    public RandomAccessibleInterval<UnsignedByteType> regions(String image, String tag) {
        return bytes(image(image, tag), () -> regionValues(image, tag));
    }

    /** What stands out from the background, 0..1. */
    public RandomAccessibleInterval<FloatType> background(String image) {
        return floats(image(image), () -> backgroundValues(image));
    }

    /** The training mask: 0 background, 1.. the run's tags, 255 unlabelled. */
    public RandomAccessibleInterval<UnsignedByteType> mask(String image) {
        return labels(Layer.MASK, image);
    }

    /** What the segmentation's last finished pass says of an image; values as in {@link #mask}. */
    public RandomAccessibleInterval<UnsignedByteType> prediction(String image) {
        return labels(Layer.PREDICTION, image);
    }

    /** The exact mask; values as in {@link #mask}, 255 where it says nothing. */
    public RandomAccessibleInterval<UnsignedByteType> truth(String image) {
        return labels(Layer.TRUTH, image);
    }

    /**
     * Whether the run has a layer of an image by now. Its file may still be damaged.
     *
     * @param layer those of tags are there for an image with tags, those of rounds if a round has ended
     */
    public boolean has(Layer layer, String image) {
        ImageRecord known = image(image);
        boolean mined = !known.tags().isEmpty() && rounds() > 0;
        return switch (layer) {
            case ORIGINAL -> true;
            case ERASED -> rounds() > 0;
            case CAM, ACCUMULATED, REGIONS -> mined;
            case BACKGROUND -> Files.exists(files.result().background(image));
            case MASK -> Files.exists(files.result().mask(image));
            case PREDICTION -> Files.exists(files.prediction(known));
            case TRUTH -> masks.isPresent() && masks.get().has(image);
        };
    }

    int[] colours(String image) {
        return files.colours(image(image));
    }

    int[] erasedColours(String image, int round) {
        ImageRecord known = image(image);
        return files.held(Layer.ERASED, known, "colours/" + round, 4, () -> ErasedColours.of(files.colours(known),
                erasedValues(image), round, record().mean()));
    }

    float[] camValues(String image, String tag, int round) {
        return files.cam(image(image, tag), tag, round);
    }

    float[] accumulatedValues(String image, String tag, int round) {
        RunState now = state;
        return files.accumulated(now.record(), image(image, tag), tag, now.merged(round));
    }

    byte[] regionValues(String image, String tag) {
        return files.regions(image(image, tag), tag, rounds());
    }

    byte[] erasedValues(String image) {
        ImageRecord known = image(image);
        return files.erased(known, rounds(), known.tags().isEmpty() || rounds() == 0);
    }

    float[] backgroundValues(String image) {
        return files.background(image(image));
    }

    byte[] labelValues(Layer layer, String image) {
        ImageRecord known = image(image);
        return switch (layer) {
            case MASK -> files.mask(known);
            case PREDICTION -> files.prediction(known, files.prediction(known));
            case TRUTH -> files.held(layer, known, "", 1, () -> masks.orElseThrow().read(known));
            default -> throw new IllegalArgumentException(layer + " has no labels");
        };
    }

    LayerCache cache() {
        return files.cache();
    }

    private RandomAccessibleInterval<UnsignedByteType> labels(Layer layer, String image) {
        ImageRecord known = image(image);
        if (layer == Layer.TRUTH)
            ExactMasks.require(masks, image);
        return bytes(known, () -> labelValues(layer, image));
    }

    private ImageRecord image(String name, String tag) {
        ImageRecord image = image(name);
        if (!image.tags().contains(tag))
            throw new UserException("The image " + name + " has no tag " + tag + ", but "
                    + (image.tags().isEmpty() ? "none at all" : String.join(", ", image.tags())) + ".");
        return image;
    }

    private void requireRound(int round, int least) {
        if (round < least || round > rounds())
            throw new UserException("There is no round " + round + ": the run in " + files.run().root() + " has finished "
                    + (rounds() == 0 ? "none yet." : rounds() + " so far."));
    }

    private static RandomAccessibleInterval<FloatType> floats(ImageRecord image, Supplier<float[]> pixels) {
        return new LazyImage<>(image, new FloatType(), () -> ArrayImgs.floats(pixels.get(), image.width(), image.height()));
    }

    private static RandomAccessibleInterval<UnsignedByteType> bytes(ImageRecord image, Supplier<byte[]> pixels) {
        return new LazyImage<>(image, new UnsignedByteType(), () -> ArrayImgs.unsignedBytes(pixels.get(), image.width(),
                image.height()));
    }

    private static RandomAccessibleInterval<ARGBType> argb(ImageRecord image, Supplier<int[]> pixels) {
        return new LazyImage<>(image, new ARGBType(), () -> ArrayImgs.argbs(pixels.get(), image.width(), image.height()));
    }
}
