package io.github.palimpsest.segmentation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.palimpsest.network.Checkpoint;

/** How the training of a segmentation network went, epoch by epoch. All of it is kept in checkpoints. */
public final class TrainingCourse {

    private static final List<String> COLUMNS = List.of("segmentation", "online", "classification", "learning_rate");
    private static final String PREDICTED = "predicted/";
    private static final String LABELLED = "labelled/";

    private final List<String> labels = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private final Map<String, List<Double>> curves = new LinkedHashMap<>();

    TrainingCourse(List<String> tagNames) {
        labels.add("background");
        labels.addAll(tagNames);
    }

    static TrainingCourse of(Checkpoint checkpoint, List<String> tagNames) {
        TrainingCourse course = new TrainingCourse(tagNames);
        course.losses.addAll(checkpoint.losses());
        checkpoint.curves().forEach((name, curve) -> course.curves.put(name, new ArrayList<>(curve)));
        return course;
    }

    void add(EpochTally tally) {
        losses.add(tally.loss());
        add("segmentation", tally.segmentation());
        add("online", tally.online());
        add("classification", tally.classification());
        add("learning_rate", tally.learningRate());
        for (int label = 0; label < labels.size(); label++) {
            add(PREDICTED + label, tally.predicted()[label]);
            add(LABELLED + label, tally.labelled()[label]);
        }
    }

    private void add(String curve, double value) {
        curves.computeIfAbsent(curve, name -> new ArrayList<>()).add(value);
    }

    /** The number of epochs so far. */
    public int epochs() {
        return losses.size();
    }

    /** The whole loss of each epoch, mean per image. */
    public List<Double> losses() {
        return Collections.unmodifiableList(losses);
    }

    /**
     * The parts of each epoch's loss, not weighted: {@code segmentation}, {@code online}, {@code classification}; the
     * {@code learning_rate} of its first step; for each label from 0 {@code predicted/LABEL}, the cells to which the
     * network gave it, and {@code labelled/LABEL}, its pixels in the masks.
     */
    public Map<String, List<Double>> curves() {
        return Collections.unmodifiableMap(curves);
    }

    /** A line for each epoch. */
    String log() {
        StringBuilder csv = new StringBuilder("epoch,loss," + String.join(",", COLUMNS) + "\n");
        for (int epoch = 0; epoch < losses.size(); epoch++) {
            csv.append(String.format(Locale.ROOT, "%d,%.6g", epoch + 1, losses.get(epoch)));
            for (String column : COLUMNS)
                csv.append(String.format(Locale.ROOT, ",%.6g", curves.get(column).get(epoch)));
            csv.append('\n');
        }
        return csv.toString();
    }

    /** The one label that the network gave in the last epoch, if the masks have more; otherwise null. */
    String onlyLabel() {
        List<Integer> given = IntStream.range(0, labels.size()).filter(label -> last(PREDICTED + label) > 0).boxed()
                .toList();
        long shown = IntStream.range(0, labels.size()).filter(label -> last(LABELLED + label) > 0).count();
        return given.size() == 1 && shown > 1 ? labels.get(given.get(0)) : null;
    }

    /**
     * A sentence for each label that the masks have and that the network gave nowhere in the last epoch. A label that
     * was missing for a while and came back is no reason to worry.
     */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++)
            if (last(LABELLED + label) > 0 && last(PREDICTED + label) == 0) {
                int until = lastEpochWith(PREDICTED + label);
                warnings.add(String.format(Locale.ROOT, "The segmentation does not find \"%s\": %s, although the masks"
                        + " show it on %.0f pixels. Look at its masks; more images of it or more epochs may help.",
                        labels.get(label),
                        until == 0 ? "in no epoch did the network give it to any place"
                                : "after epoch " + until + " the network gave it to no place any more",
                        last(LABELLED + label)));
            }
        return warnings;
    }

    private int lastEpochWith(String curve) {
        return IntStream.rangeClosed(1, losses.size()).filter(epoch -> curves.get(curve).get(epoch - 1) > 0).max()
                .orElse(0);
    }

    private double last(String curve) {
        return curves.get(curve).get(losses.size() - 1);
    }
}
