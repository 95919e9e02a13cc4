package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.segmentation.PslLoss.Prohibition;
import io.github.palimpsest.segmentation.SegmentationLearning.Schedule;

class SegmentationLearningTest {

    private static SegmentationLearning learning(Optimizer optimizer, Schedule schedule) {
        return new SegmentationLearning(15, 30, optimizer, 10, schedule, Prohibition.TRUE_TAGS, 0.5, 3, 2, 321);
    }

    @Test
    void thePapersLearningRateFallsToATenthAfterSixOfFifteenEpochs() {
        SegmentationLearning learning = learning(new Optimizer.Sgd(0.001, 0.9, 5e-4), Schedule.STEP);
        for (int step = 0; step < 150; step++)
            assertEquals(new Optimizer.Sgd(step < 60 ? 0.001 : 0.0001, 0.9, 5e-4), learning.optimizer(step, 150));
    }

    @Test
    void aCosineFallsFromTheWholeRateByHalfInTheMiddleToNothing() {
        SegmentationLearning learning = learning(new Optimizer.Adam(0.002, 0.8, 0.99, 1e-6, 1e-4), Schedule.COSINE);
        assertEquals(new Optimizer.Adam(0.002, 0.8, 0.99, 1e-6, 1e-4), learning.optimizer(0, 100));
        assertEquals(0.001, learning.optimizer(50, 100).learningRate(), 1e-12);
        assertEquals(0.002 * Math.pow(Math.sin(Math.PI / 200), 2), learning.optimizer(99, 100).learningRate(), 1e-12);
    }

    @Test
    void theOnlineMaskComesInWithItsEpoch() {
        SegmentationLearning learning = learning(new Optimizer.Sgd(0.001, 0.9, 5e-4), Schedule.STEP);
        assertEquals(new PslLoss(Prohibition.OFF, 0.5, 2), learning.loss(1));
        assertEquals(new PslLoss(Prohibition.TRUE_TAGS, 0.5, 2), learning.loss(2));
    }

    /** The last blocks' epochs come after the others: where the online mask had come in, it stays. */
    @Test
    void whatGoesOnGoesOnWithTheOnlineMask() {
        SegmentationLearning learning = learning(new Optimizer.Sgd(0.001, 0.9, 5e-4), Schedule.STEP);
        SegmentationLearning more = learning.then(4, new Optimizer.Sgd(0.0001, 0.9, 5e-4), 2.5);
        assertEquals(4, more.epochs());
        assertEquals(new PslLoss(Prohibition.TRUE_TAGS, 0.5, 2), more.loss(0));
        SegmentationLearning late = new SegmentationLearning(2, 30, learning.optimizer(), 1, Schedule.STEP, Prohibition.TRUE_TAGS, 0.5,
                4, 2, 0).then(4, learning.optimizer(), 1);
        assertEquals(Prohibition.OFF, late.loss(0).prohibition(), "its epoch is the second one of these");
        assertEquals(Prohibition.TRUE_TAGS, late.loss(1).prohibition());
    }
}
