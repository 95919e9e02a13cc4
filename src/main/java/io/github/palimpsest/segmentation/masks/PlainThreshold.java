package io.github.palimpsest.segmentation.masks;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.palimpsest.background.BackgroundCue;
import io.github.palimpsest.background.BackgroundCues;
import io.github.palimpsest.background.CueKind;
import io.github.palimpsest.background.CueOptions;
import io.github.palimpsest.background.Scene;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * What a user would try first: a global threshold on the grey level (Otsu) of every image that has tags, without any
 * network. Only to compare with; a method that is no better than this is not needed. Where an image has several tags,
 * each pixel above gets the one whose map is highest there, which flatters the threshold.
 */
public final class PlainThreshold {

    private static final float FOREGROUND = .5f;
    private static final int MOST_VOTERS = 100;

    private final RunTags tags;
    private final RunScenes scenes;
    private final BackgroundCue threshold;
    private final int rounds;

    /**
     * @param record of that run
     * @param threshold a cue that is above 0.5 on one side of a threshold
     * @throws io.github.palimpsest.task.UserException if the run has no merged round
     */
    public PlainThreshold(RunFolder run, RunRecord record, BackgroundCue threshold) {
        this.tags = RunTags.of(run, record);
        this.scenes = new RunScenes(run, record);
        this.threshold = threshold;
        this.rounds = scenes.maps().resolve(0);
    }

    /**
     * Otsu's threshold, with the ground on the side that most of the images' maps leave out; at most 100 are asked.
     *
     * @param record of that run
     * @throws io.github.palimpsest.task.UserException if the run has no merged round, or an image cannot be read
     */
    public static PlainThreshold otsu(RunFolder run, RunRecord record, List<TaggedImage> images) {
        BackgroundCue open = BackgroundCues.of(CueKind.OTSU, CueOptions.DEFAULT);
        PlainThreshold unsettled = new PlainThreshold(run, record, open);
        List<TaggedImage> tagged = images.stream().filter(image -> !image.tags().isEmpty()).toList();
        int voters = Math.min(MOST_VOTERS, tagged.size());
        Stream<Scene> scenes = IntStream.range(0, voters).map(i -> (int) ((long) i * tagged.size() / voters))
                .mapToObj(i -> unsettled.scenes.scene(tagged.get(i), unsettled.rounds));
        return new PlainThreshold(run, record, open.settled(scenes::iterator));
    }

    /**
     * A label for every pixel of an image, none unlabelled.
     *
     * @throws io.github.palimpsest.task.UserException if the image or its maps cannot be read
     */
    public LabelImage of(TaggedImage image) {
        ImageRecord record = scenes.record(image);
        byte[] mask = new byte[record.width() * record.height()];
        if (!record.tags().isEmpty()) {
            Scene scene = scenes.scene(image, rounds);
            byte[] labels = tags.labels(record);
            float[] maps = Resize.bilinear(scene.maps(), record.height(), record.width()).data();
            Tensor above = threshold.of(scene);
            for (int i = 0; i < mask.length; i++)
                if (above.data()[i] > FOREGROUND)
                    mask[i] = labels[strongest(maps, i, mask.length, labels.length)];
        }
        return new LabelImage(record.width(), record.height(), mask);
    }

    private static int strongest(float[] maps, int pixel, int pixels, int tags) {
        int strongest = 0;
        for (int k = 1; k < tags; k++)
            if (maps[k * pixels + pixel] > maps[strongest * pixels + pixel])
                strongest = k;
        return strongest;
    }
}
