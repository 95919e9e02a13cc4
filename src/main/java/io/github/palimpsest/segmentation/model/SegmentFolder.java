package io.github.palimpsest.segmentation.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.palimpsest.dataset.FileChecksum;
import io.github.palimpsest.dataset.ImageFolder;
import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.dataset.ReadSettings;
import io.github.palimpsest.dataset.SkippedFile;
import io.github.palimpsest.dataset.StackFile;
import io.github.palimpsest.dataset.TaggedFolder;
import io.github.palimpsest.dataset.TaggedFolders;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Calibration;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunLock;
import io.github.palimpsest.store.SegmentedImage;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * Segments a folder of images of any number. It may be stopped at any moment; begun again, it goes on, and ends with
 * the same files. Images that cannot be read are listed and left out. Of a TIFF stack every slice is segmented, one
 * after the other.
 */
public final class SegmentFolder {

    /**
     * What came of it.
     *
     * @param segmented images that have label images now
     * @param before those of them that had one already
     * @param skipped images that could not be segmented, each with the reason
     */
    public record Summary(int segmented, int before, List<SkippedFile> skipped) {}

    private final SegmentFolderSettings settings;
    private final SegmentationModel model;
    private final SegmentedFolder output;
    private final TaggedFolder folder;
    private final ReadSettings reading;
    private final List<Integer> colours;

    private SegmentFolder(SegmentFolderSettings settings, SegmentationModel model, TaggedFolder folder) {
        this.settings = settings;
        this.model = model;
        this.folder = folder;
        this.output = new SegmentedFolder(settings.output());
        this.reading = new ReadSettings(model.description().normalization(), ReadSettings.DEFAULT.maxPixels());
        this.colours = model.description().rgb();
    }

    /**
     * Segments what is not segmented yet.
     *
     * @throws UserException if the model, the folder or the output cannot be used, or none of the images can be
     *             segmented
     * @throws io.github.palimpsest.task.CancelledException if the user stops it; what is done stays
     */
    public static Summary run(SegmentFolderSettings settings, Progress progress) {
        SegmentationModel model = SegmentationModel.open(settings.model());
        TaggedFolder folder = settings.tags() == SegmentFolderSettings.Tags.GIVEN ? tagged(settings, model)
                : ImageFolder.read(settings.images(), settings.selection().split());
        folder.warnings().forEach(progress::warn);
        SegmentFolder work = new SegmentFolder(settings, model, folder);
        work.requireNoClash();
        try (RunLock lock = RunLock.acquire(new RunFolder(settings.output()))) {
            return work.run(progress);
        }
    }

    private static TaggedFolder tagged(SegmentFolderSettings settings, SegmentationModel model) {
        TaggedFolder folder;
        try {
            folder = TaggedFolders.read(settings.images(), settings.selection());
        } catch (UserException e) {
            throw new UserException("tags=given needs a folder of tagged images. " + e.getMessage()
                    + " Or use tags=predicted: then the model finds the tags.", e);
        }
        Set<Integer> used = folder.images().stream().flatMap(image -> image.tags().stream())
                .collect(Collectors.toSet());
        List<String> unknown = used.stream().map(folder.tags()::get)
                .filter(tag -> !model.description().tags().contains(tag)).sorted().toList();
        if (!unknown.isEmpty())
            throw new UserException("Images in " + settings.images() + " have the tag " + String.join(", ", unknown)
                    + ", which the model " + settings.model() + " does not know: it knows "
                    + String.join(", ", model.description().tags()) + ". Correct the tags, or use tags=predicted.");
        return folder;
    }

    // Label images lie in the output as the images do in their folder, so two folders' names are taken.
    private void requireNoClash() {
        for (TaggedImage image : folder.images())
            if (settings.overlays() && image.name().startsWith("overlays/")
                    || settings.probabilities() && image.name().startsWith("probabilities/"))
                throw new UserException("The images' folder " + settings.images() + " has a subfolder "
                        + image.name().substring(0, image.name().indexOf('/'))
                        + ", where the output has its own of that name. Rename it, or leave these pictures off.");
    }

    private Summary run(Progress progress) {
        AtomicFile.sweep(settings.output());
        output.begin(SegmentedFolder.Origin.of(settings.model(), FileChecksum.sha256(settings.model()),
                settings.recorded()));
        Tables.legend(output.legend(), model.description());
        List<TaggedImage> images = folder.images();
        Engine engine = Engines.start(settings.engine());
        progress.say(engine.status().sentence());
        int workers = Math.max(1, Math.min(settings.engine().threads(), images.size()));
        List<String> done = new ArrayList<>();
        List<SkippedFile> skipped = new ArrayList<>(folder.skipped());
        int[] before = new int[1];
        int threads = settings.engine().threads() / workers;
        try (Segmenter segmenter = new Segmenter(model, engine, workers, threads, settings.limits(), progress);
                Prefetch<TaggedImage, Source> sources = new Prefetch<>(images, this::read);
                WorkerPool pool = new WorkerPool(workers)) {
            List<Integer> places = IntStream.range(0, images.size()).boxed().toList();
            WorkerPool.Work<Integer, Outcome> work = (place, worker) -> segmented(images.get(place),
                    sources.take(place), segmenter, worker);
            pool.inOrder(places, work, (outcome, place) -> {
                String name = images.get(place).name();
                if (outcome.problem().isEmpty())
                    done.add(name);
                else
                    skipped.add(new SkippedFile(name, outcome.problem()));
                before[0] += outcome.before() ? 1 : 0;
            }, progress, "segmenting");
        }
        Tables.predictions(output, done);
        Tables.skipped(output.skipped(), skipped);
        if (done.isEmpty())
            throw new UserException("None of the " + images.size() + " images in " + settings.images()
                    + " could be segmented. " + skipped.get(skipped.size() - 1).reason());
        return new Summary(done.size(), before[0], List.copyOf(skipped));
    }

    /** What came of an image: nothing to say, or a sentence why it could not be segmented. */
    private record Outcome(String problem, boolean before) {}

    /**
     * An image as read.
     *
     * @param rgb {@code 3×H×W}; null if it is a stack, or needs not or cannot be segmented
     * @param stack whose slices are yet to be read; null if it is none
     * @param problem why it cannot; else empty
     */
    private record Source(String checksum, Tensor rgb, StackFile stack, Calibration calibration, String problem) {

        boolean isWork() {
            return rgb != null || stack != null;
        }
    }

    private Source read(TaggedImage image) {
        try {
            String checksum = FileChecksum.sha256(image.file());
            if (isDone(image, checksum))
                return new Source(checksum, null, null, Calibration.NONE, "");
            boolean isTiff = SegmentedFolder.isTiff(image.name());
            Calibration calibration = isTiff ? Calibration.of(image.file()) : Calibration.NONE;
            StackFile stack = isTiff ? StackFile.open(image.file(), reading) : null;
            Tensor rgb = stack == null ? ImageReader.read(image.file(), reading) : null;
            return new Source(checksum, rgb, stack, calibration, "");
        } catch (UserException e) {
            return new Source("", null, null, Calibration.NONE, e.getMessage());
        }
    }

    private List<String> names(List<Integer> labels) {
        List<String> tags = model.description().tags();
        return labels.stream().map(label -> label == 0 ? "background" : tags.get(label - 1)).toList();
    }

    /** Whether all that belongs to an image is there, and was made of this very image and tags. */
    private boolean isDone(TaggedImage image, String checksum) {
        String name = image.name();
        if (!Files.exists(output.progress(name)) || !Files.exists(output.labels(name))
                || settings.probabilities() && !Files.exists(output.probabilities(name)))
            return false;
        try {
            ImageResult result = Json.read(output.progress(name), ImageResult.class);
            return (!settings.overlays() || Files.exists(output.overlay(name, result.isStack())))
                    && result.checksum().equals(checksum) && result.given().equals(given(image));
        } catch (UserException e) {
            return false; // damaged: it is made again
        }
    }

    private List<String> given(TaggedImage image) {
        return image.tags().stream().map(folder.tags()::get).toList();
    }

    private Outcome segmented(TaggedImage image, Source source, Segmenter segmenter, int worker) {
        if (!source.problem().isEmpty())
            return new Outcome(source.problem(), false);
        if (!source.isWork())
            return new Outcome("", true);
        boolean isGiven = settings.tags() == SegmentFolderSettings.Tags.GIVEN;
        Optional<Set<String>> tags = isGiven ? Optional.of(new TreeSet<>(given(image))) : Optional.empty();
        Segmenter.Options options = new Segmenter.Options(tags, settings.refine());
        try {
            List<ImageResult.Slice> slices = source.stack() == null ? segmentPicture(image, source,
                    segmenter.segment(source.rgb(), options, worker))
                    : segmentStack(image, source, rgb -> segmenter.segment(rgb, options, worker));
            Json.write(output.progress(image.name()), new ImageResult(source.checksum(), given(image),
                    source.calibration().unit(), slices));
            return new Outcome("", false);
        } catch (UserException e) {
            return new Outcome("The image " + image.file() + " was not segmented. " + e.getMessage(), false);
        } catch (OutOfMemoryError e) {
            String size = source.stack() == null ? source.rgb().size(2) + "×" + source.rgb().size(1)
                    : source.stack().shape().width() + "×" + source.stack().shape().height();
            return new Outcome("The image " + image.file() + " was not segmented: there is not enough memory for its "
                    + size + " pixels. Give Java more (-Xmx4g), lower threads=, or cut it into tiles.", false);
        }
    }

    private List<ImageResult.Slice> segmentPicture(TaggedImage image, Source source, Segmentation segmentation) {
        String name = image.name();
        List<String> tags = model.description().tags();
        SegmentedImage labels = new SegmentedImage(segmentation.width(), segmentation.height(), segmentation.labels(),
                tags.size() + 1);
        Path file = output.labels(name);
        if (SegmentedFolder.isTiff(name))
            labels.writeTiff(file, colours, source.calibration());
        else
            labels.writePng(file, colours);
        if (settings.overlays())
            Overlay.write(output.overlay(name, false), source.rgb(), segmentation, colours);
        if (settings.probabilities())
            new MapStack(names(segmentation.shown()), segmentation.probabilities()).write(output.probabilities(name));
        return List.of(ImageResult.Slice.of(0, source.calibration(), tags, segmentation));
    }

    private List<ImageResult.Slice> segmentStack(TaggedImage image, Source source,
            Function<Tensor, Segmentation> segmenting) {
        String name = image.name();
        int tags = model.description().tags().size();
        SegmentedStack files = new SegmentedStack(source.stack().shape(), source.calibration(), tags, colours,
                output.labels(name), settings.overlays() ? output.overlay(name, true) : null,
                settings.probabilities() ? output.probabilities(name) : null);
        List<ImageResult.Slice> slices = new ArrayList<>();
        files.write(planes -> {
            for (int i = 0; i < source.stack().shape().images(); i++) {
                Tensor rgb = source.stack().read(i);
                Segmentation segmentation = segmenting.apply(rgb);
                planes.add(rgb, segmentation);
                slices.add(ImageResult.Slice.of(i + 1, source.calibration(), model.description().tags(), segmentation));
            }
        });
        return slices;
    }
}
