package io.github.palimpsest.segmentation;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.task.UserException;

/** How far a training has come, in {@code segmentation.json}. */
final class SegmentationState {

    private static final int MOST_DIFFERENCES = 6;

    private final RunFolder result;
    private SegmentationRecord record;

    private SegmentationState(RunFolder result, SegmentationRecord record) {
        this.result = result;
        this.record = record;
    }

    /**
     * Begins a training, or goes on with the one that the folder holds.
     *
     * @param wanted what the user asks for now, with nothing done
     * @throws UserException if the folder holds another training, naming what differs, or the file is damaged
     */
    static SegmentationState open(RunFolder result, SegmentationRecord wanted) {
        if (!Files.exists(result.segmentationRecord())) {
            Json.write(result.segmentationRecord(), wanted);
            return new SegmentationState(result, wanted);
        }
        SegmentationRecord existing = read(result);
        List<String> differences = differences(existing, wanted);
        if (!differences.isEmpty())
            throw new UserException("The folder " + result.root() + " holds a segmentation that was begun otherwise: "
                    + String.join("; ", differences.subList(0, Math.min(MOST_DIFFERENCES, differences.size())))
                    + (differences.size() > MOST_DIFFERENCES ? "; and " + (differences.size() - MOST_DIFFERENCES) + " more" : "")
                    + ". Give the same settings to go on with it, or result= another folder to begin anew beside it.");
        SegmentationState state = new SegmentationState(result, existing);
        // The run may have been moved; what looks at the result later must find it.
        if (!existing.run().equals(wanted.run()))
            state.update(record -> record.withRun(wanted.run()));
        return state;
    }

    private static SegmentationRecord read(RunFolder result) {
        Written written = read(result, Written.class);
        if (written.format() > SegmentationRecord.FORMAT)
            throw new UserException("The segmentation in " + result.root() + " was written by a newer version ("
                    + written.program() + "). Install that version, or give result= another folder.");
        SegmentationRecord record = read(result, SegmentationRecord.class);
        for (int i = 0; i < record.passes().size(); i++)
            if (record.passes().get(i).pass() != i)
                throw damaged(result, new UserException(result.segmentationRecord() + " lists its passes out of order."));
        return record;
    }

    /** What every version of the file says. */
    private record Written(int format, String program) {}

    private static <T> T read(RunFolder result, Class<T> type) {
        try {
            return Json.read(result.segmentationRecord(), type);
        } catch (UserException e) {
            throw damaged(result, e);
        }
    }

    /** What is in a record that is not sound cannot be known from the other files. */
    private static UserException damaged(RunFolder result, UserException why) {
        return new UserException("The segmentation in " + result.root() + " cannot be gone on with, because its segmentation.json is "
                + "damaged. Put back a copy of that file if you have one; otherwise give result= another folder. ("
                + why.getMessage() + ")", why);
    }

    private static List<String> differences(SegmentationRecord was, SegmentationRecord wanted) {
        List<String> differences = new ArrayList<>();
        Set<String> keys = new TreeSet<>(was.settings().keySet());
        keys.addAll(wanted.settings().keySet());
        for (String key : keys)
            differ(key, was.settings().get(key), wanted.settings().get(key), differences);
        differ("engine", was.engine(), wanted.engine(), differences);
        differ("device", was.device(), wanted.device(), differences);
        differ("threads", was.threads(), wanted.threads(), differences);
        return differences;
    }

    private static void differ(String what, Object was, Object wanted, List<String> differences) {
        if (!Objects.equals(was, wanted))
            differences.add(what + " was " + (was == null ? "(none)" : was) + ", now " + (wanted == null ? "(none)" : wanted));
    }

    SegmentationRecord record() {
        return record;
    }

    /** Writes what has been done. */
    void update(UnaryOperator<SegmentationRecord> change) {
        record = change.apply(record);
        Json.write(result.segmentationRecord(), record);
    }
}
