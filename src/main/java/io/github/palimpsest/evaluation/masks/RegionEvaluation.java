package io.github.palimpsest.evaluation.masks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * Compares what adversarial erasing found in the images of a run with ground-truth masks, round by round.
 * <p>
 * <em>CAM mIoU</em>: every map of the round is resized bilinearly to its image, negative values are cut to 0, and it is
 * divided by its own maximum; a pixel's label is the highest of the image's tags if it is above the threshold b, else
 * the background; b is the best of 0.05, 0.10 … 0.95 for all images together. <em>Accumulated mIoU</em>: the same with
 * the pixelwise maximum over the rounds merged so far. <em>Regions</em>: the pixels mined up to this round have the tag
 * that they were mined for (of several, the one whose accumulated map is higher), the others are background; precision
 * is the share of the mined pixels whose tag is right, recall the share of the objects' pixels that were mined for
 * their tag, both over the pixels of all tags together (micro-averaged).
 * <p>
 * Every mIoU is {@link io.github.palimpsest.evaluation.ConfusionMatrix#meanIou} of one matrix over the pixels of all
 * images, tags and background, pixels of value 255 left out. Untagged images are predicted to be background throughout,
 * and count.
 */
public final class RegionEvaluation {

    private RegionEvaluation() {}

    /**
     * Scores a run and writes {@code scores.json}, where other scores that it holds stay, and {@code scores.csv}.
     * Images without a mask and masks without an image are counted and left out; so is a mask that cannot be used, with
     * a warning.
     *
     * @param run with at least one finished round
     * @param masks a folder, see {@link MaskFolder}
     * @throws UserException if there is no such run, no finished round, no usable mask, or a file of the run is damaged
     * @throws io.github.palimpsest.task.CancelledException if the user stops it; nothing is written then
     */
    public static RegionScores evaluate(RunFolder run, Path masks, Progress progress) {
        RunRecord record = Json.read(run.record(), RunRecord.class);
        if (record.rounds().isEmpty())
            throw new UserException("The run " + run.root() + " has no finished round to score. Run train-ae first.");
        MaskFolder folder = MaskFolder.open(masks, record.tags());
        folder.warnings().forEach(progress::warn);
        MaskFolder.Matches matches = folder.match(record.images().stream().map(ImageRecord::name).toList());
        List<ImageRecord> images = record.images().stream()
                .filter(image -> matches.masks().containsKey(image.name())).toList();

        int labels = record.tags().size() + 1;
        List<RoundTally> tallies = record.rounds().stream().map(round -> new RoundTally(round, labels)).toList();
        Map<String, UserException> unusable = new ConcurrentSkipListMap<>();
        AtomicInteger done = new AtomicInteger();
        // In any order: all that is added up is whole numbers.
        images.parallelStream().forEach(image -> {
            progress.check();
            byte[] truth = null;
            try {
                truth = folder.read(matches.masks().get(image.name()), image.width(), image.height());
            } catch (UserException e) {
                unusable.put(image.name(), e);
            }
            if (truth != null)
                new ImageScoring(run, record.tags(), image, truth).addTo(tallies);
            synchronized (done) {
                progress.report((double) done.incrementAndGet() / images.size(), "scoring the rounds");
            }
        });
        progress.check();
        if (unusable.size() == images.size())
            throw unusable.values().iterator().next();
        unusable.values().stream().limit(10).forEach(e -> progress.warn(e.getMessage() + " It was left out."));

        RegionScores scores = new RegionScores(tallies.stream().map(RoundTally::score).toList(),
                images.size() - unusable.size(),
                matches.imagesWithout().size(), matches.masksWithout(),
                unusable.values().stream().map(UserException::getMessage).toList());
        Json.write(run.scores(), merged(run.scores(), scores, progress));
        AtomicFile.writeString(run.scoresTable(), scores.csv());
        return scores;
    }

    /** What the file holds already, these scores added or replaced. */
    private static Map<String, Object> merged(Path file, RegionScores scores, Progress progress) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (Files.exists(file))
            try {
                for (Map.Entry<String, JsonElement> entry : Json.read(file, JsonObject.class).entrySet())
                    all.put(entry.getKey(), entry.getValue());
            } catch (UserException | ClassCastException e) {
                progress.warn(file + " could not be read and is written anew.");
            }
        all.putAll(scores.named());
        return all;
    }
}
