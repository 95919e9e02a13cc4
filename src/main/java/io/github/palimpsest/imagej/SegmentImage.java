package io.github.palimpsest.imagej;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import ij.ImagePlus;
import ij.gui.Roi;

import io.github.palimpsest.dataset.OpenImage;
import io.github.palimpsest.dataset.ReadSettings;
import io.github.palimpsest.segmentation.model.KeptModel;
import io.github.palimpsest.segmentation.model.ModelDescription;
import io.github.palimpsest.segmentation.model.Overlay;
import io.github.palimpsest.segmentation.model.SegmentationModel;
import io.github.palimpsest.segmentation.model.SegmentedStack;
import io.github.palimpsest.segmentation.model.Segmentation;
import io.github.palimpsest.segmentation.model.Segmenter;
import io.github.palimpsest.store.StackShape;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * Segments an image that is open in ImageJ; of a stack every slice in turn, each as if it were an image of its own. The
 * image is not changed. Of its channels, slices and frames, slices and frames remain: the channels are one picture.
 */
public final class SegmentImage {

    /**
     * What came of it. All images have the calibration, slices and frames of the one that was segmented.
     *
     * @param labels 0 background, 1.. the model's tags, in the model's colours; 8 bits, or 16 from 256 labels on
     * @param probabilities a channel for each of the model's labels, 0..1; null if it was not wanted
     * @param overlay the labels laid over the image; null if it was not wanted
     * @param regions one for each tag and slice; none if they were not wanted
     * @param measurements one for each tag and slice; none if they were not wanted
     * @param model that was applied
     * @param stopped whether the user stopped it after some of the slices; the others are 0 in all images, are labelled
     *            {@code not segmented}, and have no regions and no measurements
     * @param told what was done, in a sentence: the tags that were found, and of what was stopped the slices
     */
    public record Result(ImagePlus labels, ImagePlus probabilities, ImagePlus overlay, List<Roi> regions,
            List<Measurement> measurements, ModelDescription model, boolean stopped, String told) {}

    /** The property of ImageJ images that this made; it is not saved. */
    private static final String RESULT = "palimpsest.segmented";

    private static final String NOT_SEGMENTED = "not segmented";
    private static final int MOST_NAMED = 6;

    private final SegmentImageSettings settings;
    private final ImagePlus image;
    private final ModelDescription model;
    private final OpenImage opened;
    private final ResultStack labels;
    private final ResultStack maps;
    private final ResultStack pictures;
    private final List<Roi> regions = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private final Set<Integer> found = new TreeSet<>();
    private int finished;
    private boolean earlierFilesStay;

    private SegmentImage(SegmentImageSettings settings, ImagePlus image, ModelDescription model) {
        this.settings = settings;
        this.image = image;
        this.model = model;
        this.opened = new OpenImage(image, new ReadSettings(model.normalization(), ReadSettings.DEFAULT.maxPixels()));
        StackShape shape = opened.shape();
        this.labels = new ResultStack(image, shape);
        this.maps = new ResultStack(image, shape.withChannels(model.tags().size() + 1));
        this.pictures = new ResultStack(image, shape);
    }

    /**
     * Segments an image with a model that is kept for the next one. Until it has ended the image is locked, so that ImageJ
     * lets no other command change it, and closing its window does no harm. If the user stops it, what is finished comes out;
     * files of an earlier call that got at least as far are not replaced then.
     *
     * @throws io.github.palimpsest.task.UserException if the model, the image, a tag or the output cannot be used
     * @throws CancelledException if the user stops it before a slice is finished
     */
    public static Result run(SegmentImageSettings settings, ImagePlus image, Progress progress) {
        if (image.getProperty(RESULT) != null)
            throw new UserException("The image " + image.getTitle() + " is itself what Segment Image made. Choose the image that is to "
                    + "be segmented.");
        // An engine takes seconds to start: what can be refused without it is.
        ImageOutput output = settings.output().map(folder -> new ImageOutput(folder, image,
                SegmentationModel.describe(settings.applying().model()))).orElse(null);
        if (output != null)
            output.requireRoom();
        if (!image.lockSilently())
            throw new UserException("The image " + image.getTitle() + " is locked, because another command is at work on it: wait "
                    + "until that has ended, or cancel it.");
        try {
            return KeptModel.use(settings.applying(), progress, segmenter -> new SegmentImage(settings, image,
                    segmenter.model().description()).run(segmenter, output, progress));
        } finally {
            image.unlock();
        }
    }

    private Result run(Segmenter segmenter, ImageOutput output, Progress progress) {
        Segmenter.Options options = new Segmenter.Options(settings.givenTags(model.tags()), settings.applying().refine());
        segmenter.check(options);
        if (output == null) {
            segment(segmenter, options, (rgb, segmentation) -> {}, progress);
        } else {
            output.begin();
            write(output, slices -> segment(segmenter, options, slices, progress));
        }
        if (image.getRoi() != null)
            progress.say("The selection on " + image.getTitle() + " is left out of account: the whole image is segmented and measured. "
                    + "For a part of it, choose Image > Duplicate... first.");
        if (opened.hasGaps())
            progress.warn("The image " + image.getTitle() + " has pixels that are NaN or infinite. NaN was taken for "
                    + "black, and mean grey values leave out both.");
        return result();
    }

    private void write(ImageOutput output, Consumer<SegmentedStack.Slices> segmenting) {
        int earlier = output.slicesThere();
        try {
            output.stack(opened.shape(), settings).write(slices -> {
                segmenting.accept(slices);
                if (isStopped() && earlier >= finished)
                    throw new CancelledException();
            });
            output.finish(settings, regions, measurements, finished);
        } catch (CancelledException e) {
            if (finished == 0)
                throw e;
            earlierFilesStay = true;
        }
    }

    private void segment(Segmenter segmenter, Segmenter.Options options, SegmentedStack.Slices files,
            Progress progress) {
        int count = opened.shape().images();
        try {
            for (int index = 0; index < count; index++) {
                progress.report((double) index / count, count == 1 ? "segmenting" : "segmenting slice " + (index + 1)
                        + " of " + count);
                progress.check();
                Tensor rgb = opened.read(index);
                Segmentation segmentation = segmenter.segment(rgb, options, 0);
                files.add(rgb, segmentation);
                String name = opened.channels() == 1 && count > 1 ? opened.label(index) : null;
                keep(rgb, segmentation, name, label -> Legend.name(model, label));
                measure(index, segmentation);
                finished++;
            }
            progress.report(1, "segmented");
        } catch (CancelledException e) {
            if (finished == 0)
                throw e;
            fillUp(files);
        }
    }

    /** A stack of other dimensions could not be laid over the image. */
    private void fillUp(SegmentedStack.Slices files) {
        int width = opened.shape().width();
        int height = opened.shape().height();
        Tensor black = Tensor.zeros(3, height, width);
        for (int index = finished; index < opened.shape().images(); index++) {
            Segmentation nothing = new Segmentation(width, height, new short[width * height], List.of(0),
                    Tensor.zeros(1, height, width), new float[model.tags().size()]);
            files.add(black, nothing);
            keep(black, nothing, NOT_SEGMENTED, label -> NOT_SEGMENTED);
        }
    }

    private boolean isStopped() {
        return finished < opened.shape().images();
    }

    private void keep(Tensor rgb, Segmentation segmentation, String name, IntFunction<String> mapName) {
        labels.addLabels(segmentation, model.tags().size() + 1, name);
        if (settings.overlays())
            pictures.addPicture(Overlay.pixels(rgb, segmentation, model.rgb()), name);
        for (int label = 0; settings.probabilities() && label <= model.tags().size(); label++)
            maps.addMap(segmentation.probabilities(label), mapName.apply(label));
    }

    private void measure(int index, Segmentation segmentation) {
        for (int label : segmentation.shown())
            if (label > 0 && segmentation.pixels(label) > 0)
                found.add(label);
        if (settings.rois())
            regions.addAll(TagRegions.of(image, opened, index, segmentation, model.tags(), model.rgb()));
        if (settings.measurements())
            measurements.addAll(Measurement.of(image, opened, index, segmentation, model.tags()));
    }

    private Result result() {
        String title = image.getTitle().replaceFirst("(?<=.)[.]\\w{1,4}$", "");
        ImagePlus labelled = labels.labels(title + "-labels", model.rgb());
        labelled.setProperty("Info", Legend.text(model));
        labelled.setProperty(RESULT, title);
        return new Result(labelled, settings.probabilities() ? maps.maps(title + "-probabilities") : null,
                settings.overlays() ? pictures.image(title + "-overlay") : null, List.copyOf(regions),
                List.copyOf(measurements), model, isStopped(), told());
    }

    private String told() {
        int count = opened.shape().images();
        if (isStopped())
            return "Stopped: " + (finished == 1 ? "only slice 1 of " + count + " is" : "slices 1 to " + finished + " of " + count
                    + " are") + " segmented in " + image.getTitle() + "; the others are 0 in the labels and have no regions and no "
                    + "measurements." + (earlierFilesStay ? " The files of an earlier call, which got at least as far, stay as they are." : "");
        List<String> names = found.stream().limit(MOST_NAMED).map(label -> model.tags().get(label - 1)).toList();
        return "Segmented " + image.getTitle() + (count > 1 ? ", " + count + " slices" : "") + ": found "
                + (found.isEmpty() ? "none of the tags" : String.join(", ", names))
                + (found.size() > MOST_NAMED ? " and " + (found.size() - MOST_NAMED) + " more tags" : "") + ".";
    }
}
