package io.github.palimpsest.task;

/** A stretch of a larger piece of work. */
record PartialProgress(Progress whole, double from, double to, String label) implements Progress {

    @Override
    public void report(double fraction, String stage) {
        String text = label.isEmpty() ? stage : stage.isEmpty() ? label : label + ", " + stage;
        whole.report(from + (to - from) * Math.max(0, Math.min(1, fraction)), text);
    }

    @Override
    public void say(String sentence) {
        whole.say(sentence);
    }

    @Override
    public void warn(String sentence) {
        whole.warn(sentence);
    }

    @Override
    public boolean isCancelled() {
        return whole.isCancelled();
    }
}
