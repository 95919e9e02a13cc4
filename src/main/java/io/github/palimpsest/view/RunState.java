package io.github.palimpsest.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.UserException;

/**
 * How far a run was when it was looked at.
 *
 * @param record of the run
 * @param images by name
 * @param stamps of the files that change when a round or a pass ends
 */
record RunState(RunRecord record, Map<String, ImageRecord> images, List<Optional<Stamp>> stamps) {

    /** What changes when a file is replaced. */
    private record Stamp(Object key, long size, long time) {}

    /** @param result where the segmentation's record is */
    static RunState read(RunFolder run, RunFolder result) {
        // Before the content: what is replaced in between is then read once more.
        List<Optional<Stamp>> stamps = stamps(run, result);
        RunRecord record = Json.read(run.record(), RunRecord.class);
        if (record.format() > RunRecord.FORMAT)
            throw new UserException("The run in " + run.root() + " was written by a newer version (" + record.program()
                    + "). Install that version.");
        return new RunState(record, record.images().stream()
                .collect(Collectors.toMap(ImageRecord::name, image -> image, (a, b) -> a)), stamps);
    }

    /** Whether the run has gone on since. */
    boolean isOutdated(RunFolder run, RunFolder result) {
        return !stamps.equals(stamps(run, result));
    }

    /** The number of merged rounds among the first ones. */
    int merged(int rounds) {
        return (int) record.rounds().stream().limit(rounds).filter(RoundRecord::merged).count();
    }

    private static List<Optional<Stamp>> stamps(RunFolder run, RunFolder result) {
        return List.of(stamp(run.record()), stamp(result.segmentationRecord()));
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime().toMillis()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
