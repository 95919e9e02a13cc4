package io.github.palimpsest.task;

/** Says nothing and is never cancelled. */
enum SilentProgress implements Progress {
    INSTANCE;

    @Override
    public void report(double fraction, String stage) {}

    @Override
    public void say(String sentence) {}

    @Override
    public void warn(String sentence) {}

    @Override
    public boolean isCancelled() {
        return false;
    }
}
