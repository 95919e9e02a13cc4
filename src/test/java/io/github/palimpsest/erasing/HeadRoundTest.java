package io.github.palimpsest.erasing;

import static io.github.palimpsest.erasing.SmallRun.assertSameFiles;
import static io.github.palimpsest.erasing.SmallRun.files;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.Network;
import io.github.palimpsest.engine.RandomTensors;
import io.github.palimpsest.network.Backbone;
import io.github.palimpsest.network.SharedData;
import io.github.palimpsest.network.Trunk;
import io.github.palimpsest.network.View;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * Rounds with {@code training=head}, on a small trunk of random weights, from scales 1 and ¾ and their mirror images.
 */
class HeadRoundTest {

    @TempDir
    private static Path folder;
    private static Path images;
    private static Map<String, byte[]> undisturbed;
    private static int checks;

    @TempDir
    private Path other;

    @BeforeAll
    static void run() {
        images = SmallRun.sample(folder.resolve("sample"));
        StoppingProgress progress = StoppingProgress.never();
        rounds(folder.resolve("run"), progress);
        undisturbed = files(folder.resolve("run"));
        checks = progress.checks();
    }

    private static ErasingSettings settings(Path run, String... more) {
        Map<String, String> settings = SmallRun.settings(images, run, "training", "head", "weights", "random",
                "stride", "4",
                "epochs", "5", "scales", "1,0.75", "mirrored", "true", "dense_negatives", "1", "loss",
                "logistic", "learning_rate", "0.1");
        for (int i = 0; i < more.length; i += 2)
            settings.put(more[i], more[i + 1]);
        return ErasingSettings.parse(settings);
    }

    private static RoundContext context(ErasingSettings settings, TrainingImages training, WorkerPool pool) {
        Trunk trunk = Backbone.SMALL.trunk(settings.stride());
        return new RoundContext(settings, new RunFolder(settings.output()), training.folder().images(),
                training.folder().tags(),
                training.mean(), SmallRun.engine(), trunk, RandomTensors.weights(trunk.spec(), 4),
                Folds.of(training.tagsOfImages(), 1), pool);
    }

    /** Two rounds, each from whatever an earlier attempt left of it. */
    private static List<RoundRecord> rounds(Path run, Progress progress, String... more) {
        ErasingSettings settings = settings(run, more);
        TrainingImages training = TrainingImages.check(settings, Progress.silent());
        List<RoundRecord> rounds = new ArrayList<>();
        try (WorkerPool pool = new WorkerPool(2)) {
            for (int round = 1; round <= 2; round++)
                rounds.add(new RoundRunner(context(settings, training, pool), training.records(), round).run(rounds,
                        progress));
        }
        return rounds;
    }

    @Test
    void theRoundsMineEraseAndLeaveNoFeaturesBehind() {
        List<RoundRecord> rounds = rounds(other, Progress.silent());
        assertTrue(rounds.get(0).mined() > 0);
        assertTrue(rounds.get(1).mined() > rounds.get(0).mined());
        assertTrue(rounds.get(0).averagePrecision() > 0);
        assertEquals(3, rounds.get(0).averagePrecisionByTag().size());
        assertFalse(undisturbed.keySet().stream().anyMatch(name -> name.contains("cache")));
        assertFalse(Files.exists(other.resolve("rounds/1/cache")));
        assertSameFiles(undisturbed, files(other), "the same rounds");
    }

    @Test
    void withoutMemoryAndDiskForFeaturesTheBytesAreTheSame() {
        rounds(other, Progress.silent(), "cache", "0", "disk", "0");
        assertSameFiles(undisturbed, files(other), "cache=0 disk=0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.35, 0.45, 0.55, 0.75, 0.9})
    void cancelledAndTakenUpAgainTheBytesAreTheSame(double share) {
        StoppingProgress stopping = new StoppingProgress((int) (share * checks));
        assertThrows(CancelledException.class, () -> rounds(other, stopping));
        SmallRun.assertNothingIsBroken(other);
        rounds(other, Progress.silent());
        assertSameFiles(undisturbed, files(other), "cancelled at " + share);
    }

    @Test
    void aMapIsTheMeanOfTheHeadsMapsOfAllViews() {
        RunFolder run = new RunFolder(folder.resolve("run"));
        ErasingSettings settings = settings(run.root());
        TrainingImages training = TrainingImages.check(settings, Progress.silent());
        try (WorkerPool pool = new WorkerPool(1)) {
            RoundContext context = context(settings, training, pool);
            TaggedImage image = context.images().stream().filter(i -> i.tags().size() > 1).findFirst().orElseThrow();
            HeadClassifier head = HeadClassifier.of(Safetensors.read(run.classifier(2)).tensors());
            List<Tensor> maps = new ArrayList<>();
            try (Network network = context.engine().compile(context.trunk().spec(),
                    Engine.Compilation.inference(context.trunk().spec(), 1))) {
                network.setWeights(context.trunkWeights());
                for (View view : context.views()) {
                    Tensor input = Backbone.SMALL.preprocess(view.of(context.images(2).read(image)));
                    Tensor features = network.forward(input.reshape(1, 3, input.size(1), input.size(2)), false);
                    maps.add(head.maps(features.reshape(64, features.size(2), features.size(3)), image.tags()));
                }
            }
            assertEquals(4, maps.size());
            MapStack written = MapStack.read(run.cam(2, image.name()));
            assertEquals(context.namesOf(image), written.labels());
            assertArrayEquals(ScoreMaps.activation(maps, context.views()).data(), written.maps().data(), 1e-5f);
        }
    }

    @Test
    void aPretrainedTrunkIsStoppedAndTakenUpAgainWithOtherMeansAndGivesTheSameBytes() {
        Path weights = SharedData.file("weights", "mobilenet_v2_1.0_224_no_top.h5");
        String[] changed = {"backbone", "mobilenet_v2", "weights", weights.toString(), "training", "head", "epochs",
                "5", "threads", "2"};
        StoppingProgress whole = StoppingProgress.never();
        SmallRun.train(SmallRun.settings(images, other.resolve("whole"), changed), whole);
        Map<String, String> stopped = SmallRun.settings(images, other.resolve("stopped"), changed);
        StoppingProgress stopping = new StoppingProgress(2 * whole.checks() / 3);
        assertThrows(CancelledException.class, () -> SmallRun.train(stopped, stopping));
        stopped.putAll(Map.of("cache", "0", "disk", "0"));
        SmallRun.train(stopped, Progress.silent());
        assertSameFiles(files(other.resolve("whole")), files(other.resolve("stopped")), "stopped, then without caches");
    }
}
