package io.github.palimpsest.erasing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.palimpsest.task.Progress;

/** Counts how often work asks whether it is still wanted, and says no from a given time on. Keeps what it is told. */
public final class StoppingProgress implements Progress {

    private final int patience;
    private final String lastWord;
    private final AtomicInteger checks = new AtomicInteger();
    private final List<String> sentences = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<Double> fractions = new CopyOnWriteArrayList<>();

    /** @param patience the checks that are answered with "go on" */
    public StoppingProgress(int patience) {
        this(patience, "\n");
    }

    private StoppingProgress(int patience, String lastWord) {
        this.patience = patience;
        this.lastWord = lastWord;
    }

    /** Says no once a sentence was said that begins so. */
    public static StoppingProgress after(String beginning) {
        return new StoppingProgress(Integer.MAX_VALUE, beginning);
    }

    public static StoppingProgress never() {
        return new StoppingProgress(Integer.MAX_VALUE);
    }

    public int checks() {
        return checks.get();
    }

    public List<String> sentences() {
        return sentences;
    }

    public List<String> warnings() {
        return warnings;
    }

    public List<Double> fractions() {
        return fractions;
    }

    @Override
    public void report(double fraction, String stage) {
        fractions.add(fraction);
    }

    @Override
    public void say(String sentence) {
        sentences.add(sentence);
    }

    @Override
    public void warn(String sentence) {
        warnings.add(sentence);
    }

    @Override
    public boolean isCancelled() {
        return checks.incrementAndGet() > patience || sentences.stream().anyMatch(s -> s.startsWith(lastWord));
    }
}
