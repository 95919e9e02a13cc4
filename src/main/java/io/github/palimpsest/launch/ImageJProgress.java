package io.github.palimpsest.launch;

import ij.IJ;
import io.github.palimpsest.task.Progress;

/** Progress in ImageJ's status bar, sentences in its log; Esc cancels. */
final class ImageJProgress implements Progress {

    @Override
    public void report(double fraction, String stage) {
        // ImageJ takes 1 as "hide the bar".
        IJ.showProgress(Math.min(0.999, fraction));
        IJ.showStatus(stage);
    }

    @Override
    public void say(String sentence) {
        IJ.log(sentence);
    }

    @Override
    public void warn(String sentence) {
        IJ.log("Warning: " + sentence);
    }

    @Override
    public boolean isCancelled() {
        return IJ.escapePressed();
    }
}
