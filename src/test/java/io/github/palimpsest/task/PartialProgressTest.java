package io.github.palimpsest.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class PartialProgressTest {

    private final List<String> told = new ArrayList<>();
    private boolean cancelled;

    private final Progress whole = new Progress() {
        @Override
        public void report(double fraction, String stage) {
            told.add(String.format("%.4f %s", fraction, stage));
        }

        @Override
        public void say(String sentence) {
            told.add("say " + sentence);
        }

        @Override
        public void warn(String sentence) {
            told.add("warn " + sentence);
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    };

    @Test
    void fractionsNest() {
        Progress round = whole.part(0.5, 1, "round 2 of 2");
        Progress training = round.part(0, 0.8, "");
        Progress epoch = training.part(0.25, 0.5, "epoch 2 of 4");
        epoch.report(0.5, "training");
        training.report(1, "training");
        round.report(0.9, "");
        assertEquals(List.of("0.6500 round 2 of 2, epoch 2 of 4, training", "0.9000 round 2 of 2, training",
                "0.9500 round 2 of 2"),
                told);
    }

    @Test
    void aPartNeverLeavesItsStretch() {
        Progress part = whole.part(0.2, 0.4, "");
        part.report(-1, "a");
        part.report(7, "b");
        assertEquals(List.of("0.2000 a", "0.4000 b"), told);
    }

    @Test
    void sentencesAndCancellingGoThrough() {
        Progress part = whole.part(0, 0.5, "round 1").part(0, 0.5, "");
        part.say("Hello.");
        part.warn("Mind.");
        assertEquals(List.of("say Hello.", "warn Mind."), told);
        part.check();
        cancelled = true;
        assertEquals("Stopped. The same command goes on from here.",
                assertThrows(CancelledException.class, part::check).getMessage());
    }
}
