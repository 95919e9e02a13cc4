package io.github.palimpsest.view;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.palimpsest.task.UserException;

/**
 * Looks from time to time whether a run has gone on. What could not be read, such as a folder on a disk that was away for a
 * moment, is wanted again as soon as the run can be read.
 */
final class RunWatch {

    private final BooleanSupplier run;
    private final Runnable goOn;
    private final Consumer<String> complain;
    private volatile boolean isBehind;

    /**
     * @param run looks, and says whether anything is new
     * @param goOn shows what is there now
     * @param complain tells a user what is wrong
     */
    RunWatch(BooleanSupplier run, Runnable goOn, Consumer<String> complain) {
        this.run = run;
        this.goOn = goOn;
        this.complain = complain;
    }

    /** Takes note of something that could not be shown. */
    void missed() {
        isBehind = true;
    }

    /** Takes note that what is wanted is shown. */
    void shown() {
        isBehind = false;
    }

    /** Looks. */
    void look() {
        try {
            if (run.getAsBoolean() | isBehind)
                goOn.run();
        } catch (UserException e) {
            missed();
            complain.accept(e.getMessage());
        }
    }
}
