package io.github.palimpsest.erasing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.OutputFolder;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.store.RunStatus;
import io.github.palimpsest.task.OutputRefusedException;
import io.github.palimpsest.task.UserException;

/** How far a run has come, in {@code run.json}. */
final class RunState {

    private static final int MOST_DIFFERENCES = 6;

    private final RunFolder run;
    private RunRecord record;

    private RunState(RunFolder run, RunRecord record) {
        this.run = run;
        this.record = record;
    }

    /**
     * Makes sure that a run can be begun or gone on with here, before anything is written.
     *
     * @throws UserException if the folder is a file or below one, or holds something that is no run
     */
    static void requireRoom(RunFolder run) {
        OutputFolder.requirePossible(run.root());
        if (!Files.exists(run.root()) || Files.exists(run.record()))
            return;
        try (Stream<Path> entries = Files.list(run.root())) {
            Optional<Path> first = entries.filter(RunState::isForeign).sorted().findFirst();
            if (first.isPresent())
                throw new OutputRefusedException("The folder " + run.root() + " is not empty and holds no run (there is "
                        + first.get().getFileName() + ", but no run.json). Choose another output.");
        } catch (IOException e) {
            throw new UserException("The output " + run.root() + " cannot be listed: check its permissions.", e);
        }
    }

    private static boolean isForeign(Path entry) {
        return !RunStatus.isLeftByAttempts(entry);
    }

    /**
     * Begins a run, or goes on with the one that the folder holds.
     *
     * @param wanted what the user asks for now, without rounds
     * @throws UserException if the folder holds another run, naming what differs, or something that is no run
     */
    static RunState open(RunFolder run, RunRecord wanted) {
        if (!Files.exists(run.record())) {
            requireRoom(run);
            Json.write(run.record(), wanted);
            return new RunState(run, wanted);
        }
        RunRecord existing = read(run);
        if (existing.format() > RunRecord.FORMAT)
            throw new UserException("The run in " + run.root() + " was written by a newer version (" + existing.program()
                    + "). Install that version, or choose another output.");
        List<String> differences = differences(existing, wanted);
        if (!differences.isEmpty())
            throw new UserException("The folder " + run.root() + " holds a run that was begun otherwise: "
                    + String.join("; ", differences.subList(0, Math.min(MOST_DIFFERENCES, differences.size())))
                    + (differences.size() > MOST_DIFFERENCES ? "; and " + (differences.size() - MOST_DIFFERENCES) + " more" : "")
                    + ". Give the same settings to go on with it, or another output to begin anew.");
        RunState state = new RunState(run, existing);
        // The images may have been moved; what looks at the run later must find them.
        if (!existing.folder().equals(wanted.folder()))
            state.replace(wanted.folder(), existing.warnings(), existing.rounds(), existing.finished());
        return state;
    }

    /** What is in a record that is not sound cannot be known from the other files, so that the run cannot go on. */
    private static RunRecord read(RunFolder run) {
        try {
            RunRecord record = Json.read(run.record(), RunRecord.class);
            for (int i = 0; i < record.rounds().size(); i++)
                if (record.rounds().get(i).round() != i + 1)
                    throw new UserException(run.record() + " lists its rounds out of order.");
            return record;
        } catch (UserException e) {
            throw new UserException("The run in " + run.root() + " cannot be gone on with, because its run.json is damaged. Put back a "
                    + "copy of that file if you have one; otherwise choose another output, or delete this folder. (" + e.getMessage()
                    + ")", e);
        }
    }

    RunRecord record() {
        return record;
    }

    /** Writes a round that has ended. */
    void add(RoundRecord round, List<String> moreWarnings, boolean finished) {
        List<RoundRecord> rounds = new ArrayList<>(record.rounds());
        rounds.add(round);
        Set<String> warnings = new LinkedHashSet<>(record.warnings());
        warnings.addAll(moreWarnings);
        replace(record.folder(), List.copyOf(warnings), rounds, finished);
    }

    private void replace(String folder, List<String> warnings, List<RoundRecord> rounds, boolean finished) {
        record = new RunRecord(record.format(), record.program(), record.command(), record.settings(), record.engine(),
                record.device(), record.threads(), folder, record.tags(), record.mean(), record.images(), record.skipped(),
                warnings, rounds, finished);
        Json.write(run.record(), record);
    }

    private static List<String> differences(RunRecord was, RunRecord wanted) {
        List<String> differences = new ArrayList<>();
        Map<String, String> before = new LinkedHashMap<>(was.settings());
        Map<String, String> now = new LinkedHashMap<>(wanted.settings());
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(now.keySet());
        for (String key : keys)
            differ(key, before.getOrDefault(key, "(none)"), now.getOrDefault(key, "(none)"), differences);
        differ("engine", was.engine(), wanted.engine(), differences);
        differ("device", was.device(), wanted.device(), differences);
        differ("threads", was.threads(), wanted.threads(), differences);
        differ("tags", was.tags(), wanted.tags(), differences);
        Map<String, ImageRecord> images = new LinkedHashMap<>();
        was.images().forEach(image -> images.put(image.name(), image));
        for (ImageRecord image : wanted.images()) {
            ImageRecord old = images.remove(image.name());
            if (old == null)
                differences.add("the image " + image.name() + " is new");
            else if (!old.checksum().equals(image.checksum()))
                differences.add("the image " + image.name() + " has changed");
            else if (old.width() != image.width() || old.height() != image.height())
                differ("size of " + image.name(), old.width() + "×" + old.height(), image.width() + "×" + image.height(),
                        differences);
            else
                differ("tags of " + image.name(), old.tags(), image.tags(), differences);
        }
        images.keySet().forEach(name -> differences.add("the image " + name + " is gone"));
        return differences;
    }

    private static void differ(String what, Object was, Object wanted, List<String> differences) {
        if (!was.equals(wanted))
            differences.add(what + " was " + was + ", now " + wanted);
    }
}
