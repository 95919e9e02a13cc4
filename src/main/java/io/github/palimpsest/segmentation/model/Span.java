package io.github.palimpsest.segmentation.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of one side of an image, and how much what was computed in it counts at each of its places: not at all next
 * to a cut, where the surroundings were missing, rising linearly over the rest of the overlap with the next stretch,
 * fully elsewhere.
 *
 * @param start the first place
 * @param end after the last place
 * @param whole the side's length
 * @param overlap of neighbouring stretches, at least
 */
record Span(int start, int end, int whole, int overlap) {

    /** The part of an overlap at a cut that does not count. */
    private static final double MARGIN = 0.25;

    int length() {
        return end - start;
    }

    /** How much a place counts, 0..1; never 0 for all the stretches that hold it. */
    double weight(int place) {
        double left = start == 0 ? 1 : ramp(place - start);
        double right = end == whole ? 1 : ramp(end - 1 - place);
        return Math.min(left, right);
    }

    private double ramp(int fromCut) {
        return Math.max(0, Math.min(1, ((fromCut + 0.5) / overlap - MARGIN) / (1 - 2 * MARGIN)));
    }

    /**
     * Cuts a side into stretches.
     *
     * @param whole length of the side
     * @param longest a stretch may be, a multiple of the step
     * @param overlap of neighbours, a multiple of the step, less than the longest
     * @param step of which every start is a multiple, so that all stretches share one grid of cells
     */
    static List<Span> cut(int whole, int longest, int overlap, int step) {
        List<Span> spans = new ArrayList<>();
        if (whole <= longest)
            return List.of(new Span(0, whole, whole, overlap));
        int last = (whole - longest + step - 1) / step * step;
        for (int start = 0; start < last; start += longest - overlap)
            spans.add(new Span(start, start + longest, whole, overlap));
        spans.add(new Span(last, whole, whole, overlap));
        return spans;
    }

    /** The same stretch on a grid of cells of so many places each. */
    Span inCells(int stride) {
        return new Span(start / stride, ceil(end, stride), ceil(whole, stride), Math.max(1, overlap / stride));
    }

    static int ceil(int places, int stride) {
        return (places + stride - 1) / stride;
    }
}
