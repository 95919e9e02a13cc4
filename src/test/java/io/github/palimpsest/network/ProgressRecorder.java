package io.github.palimpsest.network;

import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.task.Progress;

/** Writes down what it is told. */
final class ProgressRecorder implements Progress {

    final List<String> said = new ArrayList<>();
    final List<String> warned = new ArrayList<>();
    final List<String> stages = new ArrayList<>();
    final List<Double> fractions = new ArrayList<>();
    volatile boolean cancelled;

    @Override
    public void report(double fraction, String stage) {
        fractions.add(fraction);
        stages.add(stage);
    }

    @Override
    public void say(String sentence) {
        said.add(sentence);
    }

    @Override
    public void warn(String sentence) {
        warned.add(sentence);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
