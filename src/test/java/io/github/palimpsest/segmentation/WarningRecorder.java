package io.github.palimpsest.segmentation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.palimpsest.task.Progress;

/** Keeps the warnings. */
public class WarningRecorder implements Progress {

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void report(double fraction, String stage) {}

    @Override
    public void say(String sentence) {}

    @Override
    public void warn(String sentence) {
        warnings.add(sentence);
    }

    @Override
    public boolean isCancelled() {
        return false;
    }
}
