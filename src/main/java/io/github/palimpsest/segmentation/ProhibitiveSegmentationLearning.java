package io.github.palimpsest.segmentation;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineStatus;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.network.PretrainedTrunk;
import io.github.palimpsest.network.SegmentationNetwork;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunLock;
import io.github.palimpsest.task.Program;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.WorkerPool;

/**
 * Prohibitive segmentation learning (Wei et al., CVPR 2017) from a run of adversarial erasing to a model: training masks of what
 * was mined, a network trained on them under the control of an image classifier, and again on its own refined masks.
 */
public final class ProhibitiveSegmentationLearning {

    private ProhibitiveSegmentationLearning() {}

    /**
     * Makes a model, or goes on with one that was stopped at any moment; a finished one is left as it is. The same settings, run,
     * engine, device and threads give the same bytes, however often it was stopped.
     *
     * @return the folder that masks, passes and the model are in
     * @throws io.github.palimpsest.task.UserException for anything that the user can mend; what is finished stays
     * @throws io.github.palimpsest.task.CancelledException if the user stopped it; the same call goes on later
     */
    public static RunFolder train(SegmentationSettings settings, Progress progress) {
        RunFolder run = new RunFolder(settings.run());
        RunFolder result = new RunFolder(settings.result());
        RunImages images = RunImages.open(run, settings.images());
        Engine engine = Engines.start(settings.engine());
        progress.say(engine.status().sentence());
        try (RunLock lock = RunLock.acquire(result); WorkerPool pool = new WorkerPool(settings.engine().threads())) {
            AtomicFile.sweep(result.root());
            TrunkFeatures.sweep(result);
            images.requireUnchanged(settings.engine().threads(), progress.part(0, 0.01, ""));
            PretrainedTrunk trunk = TrunkOfRun.load(settings, run, images.record(), progress.part(0.01, 0.02, ""));
            SegmentationState state = SegmentationState.open(result, record(settings, images, trunk, engine.status()));
            if (state.record().finished() && Files.exists(result.model()))
                progress.say("The segmentation of this run is finished already; nothing is left to do.");
            else
                learn(new SegmentationContext(settings, run, result, images, trunk,
                        new SegmentationNetwork(trunk.trunk(), settings.head(), images.record().tags().size()),
                        settings.scale(images.medianLongestSide()), engine, pool), state, progress.part(0.02, 1, ""));
            progress.report(1, "done");
        }
        return result;
    }

    private static SegmentationRecord record(SegmentationSettings settings, RunImages images, PretrainedTrunk trunk,
            EngineStatus status) {
        Map<String, String> recorded = new TreeMap<>(settings.settings());
        recorded.put("weights", trunk.identity());
        recorded.put("run", images.identity());
        return new SegmentationRecord(SegmentationRecord.FORMAT, Program.NAME_AND_VERSION,
                SegmentationRecord.path(settings.result(), settings.run()), recorded, status.engine() + " " + status.version(),
                status.device(), settings.engine().threads(), null, null, null, "", List.of(), null, List.of(), false);
    }

    private static void learn(SegmentationContext context, SegmentationState state, Progress progress) {
        try (PslRunner runner = new PslRunner(context, state)) {
            runner.run(progress);
        }
    }
}
