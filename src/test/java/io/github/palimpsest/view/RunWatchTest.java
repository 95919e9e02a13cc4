package io.github.palimpsest.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;

import io.github.palimpsest.task.UserException;

class RunWatchTest {

    private final List<String> done = new ArrayList<>();
    private BooleanSupplier run = () -> false;
    private final RunWatch watch = new RunWatch(() -> run.getAsBoolean(), () -> done.add("shown"), done::add);

    @Test
    void whereNothingIsNewNothingHappens() {
        watch.look();
        run = () -> true;
        watch.look();
        assertEquals(List.of("shown"), done);
    }

    @Test
    void aRunThatWasAwayIsShownWhenItIsThereAgain() {
        run = () -> {
            throw new UserException("There is no run.");
        };
        watch.look();
        run = () -> false;
        watch.look();
        watch.shown();
        watch.look();
        assertEquals(List.of("There is no run.", "shown"), done);
    }

    @Test
    void whatCouldNotBeShownIsTriedAgain() {
        watch.missed();
        watch.look();
        watch.look();
        watch.shown();
        watch.look();
        assertEquals(List.of("shown", "shown"), done);
    }
}
