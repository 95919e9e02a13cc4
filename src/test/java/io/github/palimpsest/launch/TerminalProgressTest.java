package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.task.RemainingTime;

/** What progress looks like in a terminal and in a log. */
class TerminalProgressTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    private TerminalProgress progress(Integer width) {
        return new TerminalProgress(new PrintStream(out, true), new PrintStream(err, true), width == null ? null : () -> width,
                () -> now);
    }

    private void after(double seconds) {
        now += (long) (seconds * 1e9);
    }

    @Test
    void aTerminalGetsABarThatIsDrawnInPlace() {
        TerminalProgress progress = progress(80);
        progress.report(0, "reading");
        after(10);
        progress.report(0.25, "round 1 of 3, training");
        List<String> drawn = List.of(out.toString().split("\r"));
        assertEquals("[------------------------]   0 %  reading", drawn.get(1));
        assertEquals("[######------------------]  25 %  30 s left  round 1 of 3, training", drawn.get(2));
    }

    @Test
    void aBarNeverFillsTheLastColumnAndCoversTheOneBefore() {
        TerminalProgress progress = progress(40);
        progress.report(0, "a stage whose name is far too long for such a narrow window");
        after(1);
        progress.report(0.5, "short");
        List<String> drawn = List.of(out.toString().split("\r"));
        assertEquals(39, drawn.get(1).length());
        assertTrue(drawn.get(1).endsWith("..."), drawn.get(1));
        assertEquals(39, drawn.get(2).length());
        assertEquals(" 50 %  short", drawn.get(2).stripTrailing());
    }

    @Test
    void sentencesDoNotTearTheBar() {
        TerminalProgress progress = progress(80);
        progress.report(0.5, "training");
        progress.say("Round 1 is done.");
        assertTrue(out.toString().replace(System.lineSeparator(), "\n").endsWith("\rRound 1 is done.\n"), out.toString());
        progress.warn("Few images.");
        assertEquals("Warning: Few images." + System.lineSeparator(), err.toString());
    }

    @Test
    void aLogGetsALineAtEachStageAndThenNowAndThen() {
        TerminalProgress progress = progress(null);
        for (int image = 0; image < 300; image++) {
            progress.report(image / 1000.0, "reading image " + image);
            after(0.1);
        }
        progress.report(0.3, "training");
        after(0.5);
        progress.report(0.31, "training");
        after(1);
        progress.report(1, "done");
        List<String> lines = out.toString().lines().toList();
        assertEquals("  0 %: reading image 0", lines.get(0));
        assertTrue(lines.size() <= 7, lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.endsWith(": training")), lines.toString());
        assertTrue(lines.get(lines.size() - 1).endsWith("100 %: done"), lines.toString());
        assertTrue(lines.stream().noneMatch(line -> line.contains("\r")));
    }

    @Test
    void progressNeverGoesBack() {
        TerminalProgress progress = progress(80);
        progress.report(0.5, "training");
        after(1);
        progress.report(0.2, "training");
        assertTrue(out.toString().endsWith("50 %  training"), out.toString());
    }

    @Test
    void cancellingIsAcknowledged() {
        TerminalProgress progress = progress(null);
        progress.cancel();
        assertTrue(progress.isCancelled());
        assertTrue(err.toString().startsWith("Stopping after the current step."), err.toString());
    }

    @Test
    void remainingTimeCountsFromWhereARunIsTakenUp() {
        RemainingTime time = new RemainingTime();
        time.note(0.6, 0);
        assertNull(time.get());
        time.note(0.7, seconds(100));
        assertEquals(Duration.ofSeconds(300), rounded(time.get()));
    }

    @Test
    void whatIsFoundDoneIsNoFastWork() {
        RemainingTime time = new RemainingTime();
        time.note(0, 0);
        time.note(0.5, seconds(0.1));
        time.note(0.6, seconds(60.1));
        assertEquals(240, rounded(time.get()).toSeconds(), 2);
    }

    @Test
    void nothingIsPromisedTooSoonOrAtTheEnd() {
        RemainingTime time = new RemainingTime();
        assertNull(time.get());
        time.note(0, 0);
        time.note(0.02, seconds(1));
        assertNull(time.get());
        time.note(1, seconds(50));
        assertNull(time.get());
    }

    @ParameterizedTest
    @CsvSource({"0.2, 1 s", "59, 59 s", "61, 1 min 0 s", "137, 2 min 10 s", "599.4, 9 min 50 s", "600, 10 min", "3599, 1 h 0 min",
            "7322, 2 h 2 min"})
    void timesAreToldAsExactlyAsTheyAreKnown(double seconds, String words) {
        assertEquals(words, RemainingTime.words(Duration.ofMillis((long) (seconds * 1000))));
    }

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    private static Duration rounded(Duration time) {
        return Duration.ofSeconds(Math.round(time.toMillis() / 1000.0));
    }
}
