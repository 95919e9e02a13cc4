package io.github.palimpsest.segmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.palimpsest.segmentation.masks.MaskStatistics;
import io.github.palimpsest.segmentation.masks.TriedMasks;
import io.github.palimpsest.store.OrMissing;
import io.github.palimpsest.store.OrNull;
import io.github.palimpsest.store.RunFolder;

/**
 * What {@code segmentation.json} holds: what the training of a segmentation was told, what it chose, and how far it has come.
 * Like {@code run.json} it holds no times, so that two trainings with one seed write the same bytes.
 *
 * @param format of this file; 1 is the first
 * @param program name and version of what wrote it
 * @param run the folder of the run that the regions come from, seen from the folder of this file when the training last went
 *            on, with {@code /}; {@code .} where it is the same. For looking at it; not part of what a training is
 * @param settings every setting that bears on the result, by the name that the user gives it
 * @param engine the compute engine's name and version
 * @param device it ran on
 * @param threads it used
 * @param masks how the training masks are made, with all that was tried; null until it is chosen
 * @param parts sentences on tags that are within others, and what tells them apart; null until the masks are made, and in files
 *            of older versions
 * @param statistics of the training masks; null until they are made
 * @param psl whether the online mask takes part, and why, in a sentence; empty until it is decided
 * @param passes so far, finished ones only
 * @param tagPrecision average precision of the tag head on held-out images, mean over tags, 0..1; null until it is known
 * @param warnings that the user was given
 * @param finished whether the model is written
 */
public record SegmentationRecord(int format, String program, String run, Map<String, String> settings, String engine, String device,
        int threads, @OrNull TriedMasks masks, @OrMissing List<String> parts, @OrNull MaskStatistics statistics, String psl, List<PassRecord> passes,
        Double tagPrecision, List<String> warnings, boolean finished) {

    /** The format that this version writes. */
    public static final int FORMAT = 1;

    public SegmentationRecord {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        parts = parts == null ? null : List.copyOf(parts);
        passes = List.copyOf(passes);
        warnings = List.copyOf(warnings);
    }

    /**
     * A pass that has ended.
     *
     * @param pass its number, from 0
     * @param loss of its last epoch
     * @param changed share of the labelled pixels of the pass' own masks that it labels otherwise, 0..1
     * @param changedByTag the same for the pixels of each tag
     */
    public record PassRecord(int pass, double loss, double changed, Map<String, Double> changedByTag) {
        public PassRecord {
            changedByTag = Collections.unmodifiableMap(new LinkedHashMap<>(changedByTag));
        }
    }

    /**
     * How a file in one folder names another folder.
     *
     * @param result the folder of the file
     */
    static String path(Path result, Path run) {
        Path from = result.toAbsolutePath().normalize();
        Path to = run.toAbsolutePath().normalize();
        if (from.equals(to))
            return ".";
        // On Windows they may be on two drives.
        return (from.getRoot().equals(to.getRoot()) ? from.relativize(to) : to).toString().replace('\\', '/');
    }

    /** @param result the folder that this record is in */
    public RunFolder run(RunFolder result) {
        return new RunFolder(result.root().resolve(run).normalize());
    }

    SegmentationRecord withRun(String now) {
        return new SegmentationRecord(format, program, now, settings, engine, device, threads, masks, parts, statistics, psl, passes,
                tagPrecision, warnings, finished);
    }

    SegmentationRecord withMasks(TriedMasks chosen) {
        return new SegmentationRecord(format, program, run, settings, engine, device, threads, chosen, parts, statistics, psl, passes,
                tagPrecision, warnings, finished);
    }

    SegmentationRecord withParts(List<String> found) {
        return new SegmentationRecord(format, program, run, settings, engine, device, threads, masks, found, statistics, psl, passes,
                tagPrecision, warnings, finished);
    }

    SegmentationRecord withStatistics(MaskStatistics made, String decision) {
        return new SegmentationRecord(format, program, run, settings, engine, device, threads, masks, parts, made, decision, passes,
                tagPrecision, warnings, finished);
    }

    SegmentationRecord withPass(PassRecord pass) {
        List<PassRecord> more = new ArrayList<>(passes);
        more.add(pass);
        return new SegmentationRecord(format, program, run, settings, engine, device, threads, masks, parts, statistics, psl, more,
                tagPrecision, warnings, finished);
    }

    SegmentationRecord withWarnings(List<String> added) {
        Set<String> all = new LinkedHashSet<>(warnings);
        all.addAll(added);
        return new SegmentationRecord(format, program, run, settings, engine, device, threads, masks, parts, statistics, psl, passes,
                tagPrecision, List.copyOf(all), finished);
    }

    SegmentationRecord finished(double precision) {
        return new SegmentationRecord(format, program, run, settings, engine, device, threads, masks, parts, statistics, psl, passes,
                precision, warnings, true);
    }
}
