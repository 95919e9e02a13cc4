package io.github.palimpsest.segmentation;

import java.util.Arrays;
import java.util.List;

/** What is counted in one epoch. */
final class EpochTally {

    private final double learningRate;
    private final long[] predicted;
    private final long[] labelled;
    private double loss;
    private double segmentation;
    private double online;
    private double classification;
    private long images;

    /** @param learningRate of the epoch's first step */
    EpochTally(int labels, double learningRate) {
        this.learningRate = learningRate;
        this.predicted = new long[labels];
        this.labelled = new long[labels];
    }

    /** @param batch the images over which the value is a mean, of which these are some */
    void add(PslLoss.Value value, List<CellLabels> masks, int batch) {
        loss += value.total() * batch;
        segmentation += value.segmentation() * batch;
        online += value.online() * batch;
        classification += value.classification() * batch;
        images += masks.size();
        for (int label = 0; label < predicted.length; label++)
            predicted[label] += value.predicted()[label];
        for (CellLabels mask : masks)
            for (int entry = 0; entry < mask.entries(); entry++)
                labelled[mask.label(entry)] += mask.count(entry);
    }

    /** Mean per image so far. */
    double loss() {
        return loss / images;
    }

    double segmentation() {
        return segmentation / images;
    }

    double online() {
        return online / images;
    }

    double classification() {
        return classification / images;
    }

    double learningRate() {
        return learningRate;
    }

    /** Cells to which the network gave each label. */
    long[] predicted() {
        return predicted;
    }

    /** Pixels of each label in the masks. */
    long[] labelled() {
        return labelled;
    }

    long labelledPixels() {
        return Arrays.stream(labelled).sum();
    }
}
