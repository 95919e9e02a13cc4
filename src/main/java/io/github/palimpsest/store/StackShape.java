package io.github.palimpsest.store;

/**
 * How a stack of planes is arranged: channels of a slice after each other, slices of a frame, frames.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels at least 1
 * @param slices at least 1
 * @param frames at least 1
 * @param depth from slice to slice, in the unit of width and height
 * @param interval from frame to frame in seconds; 0 where nothing is known
 */
public record StackShape(int width, int height, int channels, int slices, int frames, double depth, double interval) {

    /** @throws IllegalArgumentException if there is nothing */
    public StackShape {
        if (width < 1 || height < 1 || channels < 1 || slices < 1 || frames < 1)
            throw new IllegalArgumentException("a stack of " + width + "×" + height + "×" + channels + "×" + slices
                    + "×" + frames);
    }

    /** As many slices and frames of so many channels. */
    public StackShape withChannels(int number) {
        return new StackShape(width, height, number, slices, frames, depth, interval);
    }

    /** How many slices there are in all frames. */
    public int images() {
        return Math.multiplyExact(slices, frames);
    }

    /** How many planes there are. */
    public int planes() {
        return Math.multiplyExact(images(), channels);
    }
}
