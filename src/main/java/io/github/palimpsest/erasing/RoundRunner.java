package io.github.palimpsest.erasing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.evaluation.AveragePrecision;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * One round: train, map, and, unless the stop rule says otherwise, mine and erase. Each step leaves files from which the next
 * attempt goes on.
 */
final class RoundRunner {

    /**
     * What training found out, in the round's {@code training.json}: when it is there, the classifier is finished.
     *
     * @param loss of the last epoch
     * @param averagePrecision mean over the tags that can be judged, null if there are none
     * @param averagePrecisionByTag of those tags
     */
    private record Trained(double loss, Double averagePrecision, Map<String, Double> averagePrecisionByTag) {}

    private final RoundContext context;
    private final RunFolder run;
    private final List<ImageRecord> sizes;
    private final int round;

    RoundRunner(RoundContext context, List<ImageRecord> sizes, int round) {
        this.context = context;
        this.run = context.run();
        this.sizes = sizes;
        this.round = round;
    }

    /** @param before the rounds so far */
    RoundRecord run(List<RoundRecord> before, Progress progress) {
        if (round > 1)
            context.images().forEach(this::requireEarlierRounds);
        Path cache = run.round(round).resolve("cache");
        try (RoundClassifier classifier = open(cache)) {
            Trained trained = trained(classifier, progress.part(0, 0.8, ""));
            map(classifier, progress.part(0.8, 0.9, ""));
            boolean merged = before.isEmpty() || !failed(trained, before.get(before.size() - 1));
            double mined = merged ? new MiningStep(context, sizes, round).merge(progress.part(0.9, 1, ""))
                    : before.get(before.size() - 1).mined();
            return new RoundRecord(round, merged, trained.loss(), trained.averagePrecision(), trained.averagePrecisionByTag(),
                    mined);
        } finally {
            delete(cache);
        }
    }

    /** Going on without what earlier rounds found would look like a run and be none. */
    private void requireEarlierRounds(TaggedImage image) {
        List<Path> files = new ArrayList<>();
        if (!image.tags().isEmpty())
            files.addAll(List.of(run.regions(image.name()), run.accumulated(image.name())));
        if (!image.tags().isEmpty() || context.settings().eraseUntagged())
            files.add(run.erased(image.name()));
        for (Path file : files)
            if (!Files.exists(file))
                throw new UserException(file + " is missing, which earlier rounds of this run wrote. Restore it, or"
                        + " begin anew in another output.");
    }

    private RoundClassifier open(Path cache) {
        if (context.settings().training() == ErasingSettings.Training.FULL)
            return new FullRound(context, round);
        delete(cache);
        return new HeadRound(context, round, cache);
    }

    private Trained trained(RoundClassifier classifier, Progress progress) {
        Path file = run.round(round).resolve("training.json");
        // A damaged classifier is deleted, as its sentence says, and then trained anew.
        if (!Files.exists(file) || !Files.exists(run.classifier(round))) {
            RoundClassifier.Training training = classifier.train(progress);
            AtomicFile.writeString(run.log(round), log(training.losses()));
            Json.write(file, judge(training));
        }
        deleteFile(run.round(round).resolve("checkpoint.safetensors"));
        return Json.read(file, Trained.class);
    }

    private static String log(List<Double> losses) {
        StringBuilder csv = new StringBuilder("epoch,loss\n");
        for (int epoch = 0; epoch < losses.size(); epoch++)
            csv.append(String.format(Locale.ROOT, "%d,%.6g\n", epoch + 1, losses.get(epoch)));
        return csv.toString();
    }

    private Trained judge(RoundClassifier.Training training) {
        List<Integer> judged = IntStream.range(0, context.images().size()).filter(i -> training.heldOut()[i] != null)
                .boxed().toList();
        List<String> names = context.tagNames();
        boolean[][] tagged = new boolean[judged.size()][names.size()];
        for (int k = 0; k < tagged.length; k++)
            for (int tag : context.images().get(judged.get(k)).tags())
                tagged[k][tag] = true;
        // Where every image has the tag, any scores give a precision of 1, which would only flatter the mean.
        float[][] scores = judged.stream().map(i -> training.heldOut()[i]).toArray(float[][]::new);
        double[] precisions = AveragePrecision.byTag(scores, tagged, names.size());
        Map<String, Double> byTag = new LinkedHashMap<>();
        for (int t = 0; t < precisions.length; t++)
            if (!Double.isNaN(precisions[t]))
                byTag.put(names.get(t), precisions[t]);
        Double mean = byTag.isEmpty() ? null : byTag.values().stream().mapToDouble(p -> p).average().orElseThrow();
        return new Trained(training.losses().get(training.losses().size() - 1), mean, byTag);
    }

    private void map(RoundClassifier classifier, Progress progress) {
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < context.images().size(); i++) {
            TaggedImage image = context.images().get(i);
            if (!image.tags().isEmpty() && !Files.exists(run.cam(round, image.name())))
                missing.add(i);
        }
        context.pool().inOrder(missing, (i, worker) -> {
            TaggedImage image = context.images().get(i);
            Tensor maps = classifier.activation(i, worker);
            new MapStack(context.namesOf(image), maps).write(run.cam(round, image.name()));
            return image;
        }, (image, k) -> {}, progress, "maps");
    }

    private boolean failed(Trained trained, RoundRecord before) {
        ErasingSettings settings = context.settings();
        if (settings.rounds() > 0)
            return false;
        return switch (settings.stopRule()) {
            case AVERAGE_PRECISION -> trained.averagePrecision() != null && trained.averagePrecision() < settings.stopAt();
            case LOSS -> trained.loss() > settings.stopAt() * before.loss();
        };
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder))
            return;
        try (var files = Files.list(folder)) {
            files.forEach(RoundRunner::deleteFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        deleteFile(folder);
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
