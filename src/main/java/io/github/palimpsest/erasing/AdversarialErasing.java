package io.github.palimpsest.erasing;

import java.util.List;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineStatus;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.network.PretrainedTrunk;
import io.github.palimpsest.network.WeightsSource;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunLock;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.task.Program;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.WorkerPool;

/**
 * Adversarial erasing (Wei et al., CVPR 2017) from a tagged folder to a run folder. Round after round a classifier is trained on
 * what is left of the images; its class activation maps show what gave each tag away; that is mined and erased.
 */
public final class AdversarialErasing {

    private AdversarialErasing() {}

    /**
     * Makes a run, or goes on with one that was stopped at any moment; a finished one is left as it is. The same settings,
     * images, engine, device and threads give the same bytes, however often it was stopped.
     *
     * @return the run folder
     * @throws io.github.palimpsest.task.UserException for anything that the user can mend; what is finished stays
     * @throws io.github.palimpsest.task.CancelledException if the user stopped it; the same call goes on later
     */
    public static RunFolder train(ErasingSettings given, Progress progress) {
        RunFolder run = new RunFolder(given.output());
        RunState.requireRoom(run);
        Engine engine = Engines.start(given.engine());
        progress.say(engine.status().sentence());
        TrainingImages images = TrainingImages.check(given, progress.part(0, 0.03, ""));
        ErasingSettings settings = given.forImagesOf(images.medianLongestSide());
        PretrainedTrunk trunk = PretrainedTrunk.load(new WeightsSource(settings.backbone(), settings.weights()),
                settings.stride(), progress.part(0.03, 0.05, ""));
        try (RunLock lock = RunLock.acquire(run); WorkerPool pool = new WorkerPool(settings.engine().threads())) {
            AtomicFile.sweep(run.root());
            RunState state = RunState.open(run, record(settings, trunk, images, engine.status()));
            images.folder().warnings().forEach(progress::warn);
            if (state.record().finished())
                progress.say("This run is finished already; nothing is left to do.");
            else
                rounds(new RoundContext(settings, run, images.folder().images(), images.folder().tags(), images.mean(), engine,
                        trunk.trunk(), trunk.weights(), Folds.of(images.tagsOfImages(), settings.seed()), pool), state,
                        progress.part(0.05, 1, ""));
            progress.report(1, "done");
        }
        return run;
    }

    private static RunRecord record(ErasingSettings settings, PretrainedTrunk trunk, TrainingImages images, EngineStatus status) {
        return new RunRecord(RunRecord.FORMAT, Program.NAME_AND_VERSION, "train-ae",
                settings.record("weights", trunk.identity()).recorded(), status.engine() + " " + status.version(), status.device(),
                settings.engine().threads(), images.root().toString(), images.folder().tags(), images.mean(), images.records(),
                images.skipped(), images.folder().warnings(), List.of(), false);
    }

    private static void rounds(RoundContext context, RunState state, Progress progress) {
        ErasingSettings settings = context.settings();
        int most = settings.mostRounds();
        for (int round = state.record().rounds().size() + 1; round <= most; round++) {
            List<RoundRecord> before = state.record().rounds();
            RoundRecord done = new RoundRunner(context, state.record().images(), round).run(before,
                    progress.part((round - 1.0) / most, (double) round / most, "round " + round + " of "
                            + (settings.rounds() > 0 ? "" : "at most ") + most));
            List<String> warnings = RoundWarnings.of(done, context);
            warnings.forEach(progress::warn);
            progress.say(RoundWarnings.summary(done, settings));
            state.add(done, warnings, round == most || !done.merged());
            if (!done.merged())
                break;
        }
    }
}
