package io.github.palimpsest.evaluation;

/**
 * How many pixels of every true label were given every label. Label 0 is the background, 1.. are the tags; pixels whose
 * truth is {@value #IGNORED} are left out. A score whose denominator is empty is NaN. Not safe for several threads;
 * each may fill its own and {@link #add(ConfusionMatrix)} them up, the counts being whole numbers.
 */
public final class ConfusionMatrix {

    /** The truth of a pixel that nobody is scored on. */
    public static final int IGNORED = 255;

    private final int labels;
    private final long[] counts;

    /**
     * An empty matrix.
     *
     * @param labels including the background, 1..255
     */
    public ConfusionMatrix(int labels) {
        if (labels < 1 || labels > IGNORED)
            throw new IllegalArgumentException(labels + " labels");
        this.labels = labels;
        counts = new long[labels * labels];
    }

    /** The number of labels, including the background. */
    public int labels() {
        return labels;
    }

    /**
     * Counts pixels.
     *
     * @param truth a label or {@value #IGNORED}
     * @param predicted a label
     * @throws IllegalArgumentException for any other value
     */
    public void add(int truth, int predicted, long pixels) {
        if (predicted < 0 || predicted >= labels || truth < 0 || truth >= labels && truth != IGNORED)
            throw new IllegalArgumentException("truth " + truth + " and prediction " + predicted + " with " + labels
                    + " labels");
        if (truth != IGNORED)
            counts[truth * labels + predicted] += pixels;
    }

    /**
     * Counts the pixels of an image.
     *
     * @throws IllegalArgumentException if the two differ in size, or for a value that is no label
     */
    public void add(byte[] truth, byte[] predicted) {
        if (truth.length != predicted.length)
            throw new IllegalArgumentException(truth.length + " true pixels, " + predicted.length + " predicted ones");
        for (int i = 0; i < truth.length; i++)
            add(truth[i] & 0xff, predicted[i] & 0xff, 1);
    }

    /** Adds another matrix of as many labels. */
    public void add(ConfusionMatrix other) {
        if (other.labels != labels)
            throw new IllegalArgumentException(other.labels + " labels, not " + labels);
        for (int i = 0; i < counts.length; i++)
            counts[i] += other.counts[i];
    }

    /** Pixels of this truth that were given this label. */
    public long count(int truth, int predicted) {
        return counts[truth * labels + predicted];
    }

    /**
     * Pixels that have the label and were given it ÷ pixels that have it or were given it, 0..1; NaN where there are
     * none.
     */
    public double iou(int label) {
        return ratio(count(label, label), ofTruth(label) + ofPrediction(label) - count(label, label));
    }

    /** The share of the pixels given the label that have it, 0..1; NaN if none was given it. */
    public double precision(int label) {
        return ratio(count(label, label), ofPrediction(label));
    }

    /** The share of the pixels with the label that were given it, 0..1; NaN if none has it. */
    public double recall(int label) {
        return ratio(count(label, label), ofTruth(label));
    }

    /**
     * The mean {@link #iou} over the background and the tags that occur: a label counts if at least one scored pixel
     * has it or was given it, so a label that is only predicted counts as 0 and one that is nowhere does not count. NaN
     * without pixels.
     */
    public double meanIou() {
        double sum = 0;
        int occurring = 0;
        for (int label = 0; label < labels; label++)
            if (ofTruth(label) + ofPrediction(label) > 0) {
                sum += iou(label);
                occurring++;
            }
        return sum / occurring;
    }

    /**
     * The share of the pixels given some tag that have this very tag (micro-averaged over tags); NaN if none was given
     * a tag.
     */
    public double objectPrecision() {
        long given = 0;
        for (int label = 1; label < labels; label++)
            given += ofPrediction(label);
        return ratio(rightObjects(), given);
    }

    /**
     * The share of the pixels of objects that were given their tag (micro-averaged over tags); NaN if there are no
     * objects.
     */
    public double objectRecall() {
        long objects = 0;
        for (int label = 1; label < labels; label++)
            objects += ofTruth(label);
        return ratio(rightObjects(), objects);
    }

    /** The share of all pixels that were given their label, 0..1. */
    public double pixelAccuracy() {
        return ratio(rightObjects() + count(0, 0), pixels());
    }

    /** All scored pixels. */
    public long pixels() {
        long sum = 0;
        for (long count : counts)
            sum += count;
        return sum;
    }

    private long rightObjects() {
        long sum = 0;
        for (int label = 1; label < labels; label++)
            sum += count(label, label);
        return sum;
    }

    /** Pixels that have the label. */
    public long ofTruth(int label) {
        long sum = 0;
        for (int predicted = 0; predicted < labels; predicted++)
            sum += count(label, predicted);
        return sum;
    }

    /** Pixels that were given the label. */
    public long ofPrediction(int label) {
        long sum = 0;
        for (int truth = 0; truth < labels; truth++)
            sum += count(truth, label);
        return sum;
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
