package io.github.palimpsest.ablation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.report.ComparisonFigure;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunLock;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * Runs the rows of an ablation table, each with every seed, and writes what they reach as {@code table.csv},
 * {@code table.md} and {@code table.png} beside the paper's figures. A row is done when its scores are in
 * {@code ablation.json}; the same call on an unfinished table goes on with the next, and what is there is written anew
 * after every row.
 */
public final class AblationTable {

    private final Path folder;
    private final List<Row> rows;
    private final List<Long> seeds;
    private final Progress progress;
    private AblationState state;

    private AblationTable(Path folder, List<Row> rows, List<Long> seeds, Map<String, String> settings,
            Progress progress) {
        this.folder = folder;
        this.rows = rows;
        this.seeds = seeds;
        this.progress = progress;
        state = AblationState.of(folder, settings);
    }

    /**
     * Runs what is not yet done.
     *
     * @param folder for the table; the rows of a seed are in {@code seed-N}
     * @param rows such as {@link Row#ofThePaper()}, with different names
     * @param seeds at least one, each once
     * @param settings that bear on all rows, by the name that the user gives them; a table that was begun with others
     *            is not gone on with. Seeds are none: more may be added later
     * @param chain runs a row
     * @return the table as text
     * @throws UserException if there are no seeds, the settings differ, or a row cannot be run
     * @throws io.github.palimpsest.task.CancelledException if the user stops it; what is done stays
     */
    public static String run(Path folder, List<Row> rows, List<Long> seeds, Map<String, String> settings, Chain chain,
            Progress progress) {
        if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size())
            throw new UserException("seeds= must be whole numbers separated by commas, each once, as in seeds=1,2.");
        try (RunLock lock = RunLock.acquire(new RunFolder(folder))) {
            AtomicFile.sweep(folder);
            AblationTable table = new AblationTable(folder, rows, seeds, settings, progress);
            table.run(chain);
            return table.text().markdown();
        }
    }

    private void run(Chain chain) {
        int all = seeds.size() * rows.size();
        int done = 0;
        for (long seed : seeds)
            for (Row plain : rows) {
                progress.check();
                Row row = plain.withSeed(seed);
                if (state.scores(folder, row, seed).isEmpty()) {
                    String label = row.name() + ", seed " + seed;
                    Progress part = progress.part((double) done / all, (done + 1.0) / all, label);
                    Scores scores = chain.run(row, folder.resolve("seed-" + seed).resolve(row.folder()), part);
                    state = state.with(row, seed, scores);
                    Json.write(folder.resolve(AblationState.FILE), state);
                    write();
                }
                done++;
            }
        write();
        figure();
    }

    private void write() {
        AtomicFile.writeString(folder.resolve("table.csv"), text().csv());
        AtomicFile.writeString(folder.resolve("table.md"), text().markdown());
    }

    private void figure() {
        List<ComparisonFigure.Bar> bars = new ArrayList<>();
        for (TableRow row : text().rows())
            bars.add(new ComparisonFigure.Bar(row.row().name(), row.mean(), row.lowest(), row.highest(),
                    row.published().map(Published::miou).orElse(null),
                    row.published().map(Published::recalled).orElse(false)));
        try {
            ComparisonFigure.write("mIoU, % (bars: here; outlines: the paper on PASCAL VOC 2012, "
                    + "dashed where recalled)",
                    bars, folder.resolve("table.png"));
        } catch (UserException e) {
            // The numbers are there: no reason to fail.
            progress.warn(e.getMessage());
        }
    }

    private TableText text() {
        List<TableRow> table = new ArrayList<>();
        for (Row row : rows) {
            List<Scores> scores = new ArrayList<>();
            for (long seed : seeds)
                scores.add(state.scores(folder, row.withSeed(seed), seed).orElse(null));
            table.add(new TableRow(row, scores, Published.of(row)));
        }
        return new TableText(seeds, table);
    }
}
