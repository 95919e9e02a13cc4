package io.github.palimpsest.evaluation.masks;

import io.github.palimpsest.evaluation.ConfusionMatrix;
import io.github.palimpsest.store.RunRecord.RoundRecord;

/** The counted pixels of one round. */
final class RoundTally {

    final RoundRecord round;
    final ThresholdSweep cam;
    final ThresholdSweep accumulated;
    private final ConfusionMatrix regions;

    /** @param labels including the background */
    RoundTally(RoundRecord round, int labels) {
        this.round = round;
        cam = new ThresholdSweep(labels);
        accumulated = round.merged() ? new ThresholdSweep(labels) : null;
        regions = round.merged() ? new ConfusionMatrix(labels) : null;
    }

    /** Counts the mined regions of an image; safe from several threads. */
    void addRegions(ConfusionMatrix ofImage) {
        synchronized (regions) {
            regions.add(ofImage);
        }
    }

    RegionScores.RoundScore score() {
        ThresholdSweep.Best own = cam.best();
        ThresholdSweep.Best best = accumulated == null ? null : accumulated.best();
        return new RegionScores.RoundScore(round.round(), own.meanIou(), own.threshold(),
                best == null ? null : best.meanIou(), best == null ? null : best.threshold(), round.averagePrecision(),
                regions == null ? null : defined(regions.objectPrecision()),
                regions == null ? null : defined(regions.objectRecall()), regions == null ? null : regions.meanIou());
    }

    private static Double defined(double share) {
        return Double.isNaN(share) ? null : share;
    }
}
