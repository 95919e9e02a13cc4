package io.github.palimpsest.ablation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunLock;
import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

class AblationTableTest {

    @TempDir
    Path temp;

    private final List<String> ran = new ArrayList<>();

    /** A chain whose score can be told from what it was given. */
    private Scores chain(Row row, Path folder, Progress progress) {
        ran.add(folder.getParent().getFileName() + "/" + folder.getFileName());
        return new Scores(7, score(row), .9);
    }

    private static double score(Row row) {
        return Integer.parseInt(row.segmentation().get("merge")) / 10.0
                + (row.segmentation().get("use_psl").equals("on") ? .05 : 0)
                + Integer.parseInt(row.segmentation().get("seed")) / 100.0;
    }

    @Test
    void theRowsAreThoseOfThePaper() {
        List<Row> rows = Row.ofThePaper();
        assertEquals(List.of("1 round", "2 rounds", "3 rounds", "4 rounds", "PSL", "PSL, true tags", "PSL without v",
                "PSL++"), rows.stream().map(Row::name).toList());
        assertEquals(8, new HashSet<>(rows.stream().map(Row::segmentation).toList()).size(), "all train differently");
        assertEquals(1, new HashSet<>(rows.stream().map(Row::erasing).toList()).size(), "all share one run");
        assertEquals(8, new HashSet<>(rows.stream().map(Row::folder).toList()).size(), "each has its folder");
        for (Row row : rows)
            assertTrue(Published.of(row).isPresent(), row.name());
        assertEquals(Map.of("merge", "3", "use_psl", "on", "confidence", "true_tags", "passes", "0"),
                rows.get(5).segmentation());
    }

    @Test
    void everyRowIsRunWithEverySeedAndTabledBesideThePaper() throws IOException {
        String table = run(List.of(1L, 2L));
        assertEquals(16, ran.size());
        assertEquals(List.of("seed-1/1-round", "seed-1/2-rounds"), ran.subList(0, 2));
        assertTrue(ran.contains("seed-2/psl-plus-plus"), ran.toString());
        List<String> csv = Files.readAllLines(temp.resolve("table.csv"));
        assertEquals("row,mean,seed_1,seed_2,paper,paper_recalled", csv.get(0));
        assertEquals("\"2 rounds\",0.215000,0.210000,0.220000,0.495000,true", csv.get(2));
        assertTrue(csv.get(5).startsWith("\"PSL\",") && csv.get(5).endsWith(",0.541000,false"), csv.get(5));
        assertEquals(table, Files.readString(temp.resolve("table.md")));
        assertTrue(table.contains("| 2 rounds | 21.5 | 21.0 | 22.0 | 49.5 (recalled) |\n"), table);
        assertTrue(table.contains(" | 54.1 |\n") && table.contains("| 53.5 |\n") && table.contains("| 53.1 |\n"),
                table);
        assertTrue(ImageIO.read(temp.resolve("table.png").toFile()).getHeight() > 8 * 40);
    }

    @Test
    void aStoppedTableGoesOnWithItsNextRowAndEndsTheSame() throws IOException {
        Path whole = temp.resolve("whole");
        AblationTable.run(whole, Row.ofThePaper(), List.of(3L), Map.of("split", "train"), this::chain,
                Progress.silent());
        ran.clear();
        Path stopped = temp.resolve("stopped");
        assertThrows(UserException.class, () -> AblationTable.run(stopped, Row.ofThePaper(), List.of(3L),
                Map.of("split", "train"), (row, folder, progress) -> {
                    if (ran.size() == 3)
                        throw new UserException("The disk is full.");
                    return chain(row, folder, progress);
                }, Progress.silent()));
        assertTrue(Files.readString(stopped.resolve("table.csv")).contains("\"4 rounds\",,,"), "what is done is there");
        AblationTable.run(stopped, Row.ofThePaper(), List.of(3L), Map.of("split", "train"), this::chain,
                Progress.silent());
        assertEquals(8, ran.size(), "no row twice: " + ran);
        for (String file : List.of("table.csv", "table.md", "table.png", "ablation.json"))
            assertArrayEquals(Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(stopped.resolve(file)), file);
    }

    @Test
    void aSeedMayBeAddedLater() {
        run(List.of(1L));
        run(List.of(1L, 2L));
        assertEquals(16, ran.size());
        run(List.of(2L, 1L));
        assertEquals(16, ran.size());
    }

    @Test
    void anotherTableIsNotGoneOnWith() {
        run(List.of(1L));
        assertSentence("begun with split=train, but now it is val", () -> AblationTable.run(temp, Row.ofThePaper(),
                List.of(1L), Map.of("split", "val"), this::chain, Progress.silent()));
        assertSentence("begun with split=train, but now it is nothing", () -> AblationTable.run(temp, Row.ofThePaper(),
                List.of(1L), Map.of(), this::chain, Progress.silent()));
        List<Row> other = List.of(new Row("1 round", Map.of("rounds", "9"), Map.of("merge", "1", "use_psl", "off")));
        assertSentence("was begun with 1 round=", () -> AblationTable.run(temp, other, List.of(1L),
                Map.of("split", "train"), this::chain, Progress.silent()));
    }

    @Test
    void whatCannotBeRunGetsASentence() throws IOException {
        assertSentence("seeds=1,2", () -> run(List.of()));
        assertSentence("seeds=1,2", () -> run(List.of(1L, 1L)));
        Files.writeString(temp.resolve("ablation.json"), "{\"format\":2,\"settings\":{},\"rows\":[]}");
        assertSentence("later version", () -> run(List.of(1L)));
        Files.writeString(temp.resolve("ablation.json"), "{\"format\":1");
        assertSentence("ablation.json", () -> run(List.of(1L)));
        try (RunLock lock = RunLock.acquire(new RunFolder(temp))) {
            assertSentence("Something else is writing", () -> run(List.of(1L)));
        }
        assertEquals(List.of(), ran);
    }

    @Test
    void itCanBeStoppedBetweenRows() {
        CancellableProgress progress = new CancellableProgress(() -> ran.size() == 2);
        assertThrows(CancelledException.class, () -> AblationTable.run(temp, Row.ofThePaper(), List.of(1L), Map.of(),
                this::chain, progress));
        assertEquals(2, ran.size());
        assertFalse(Files.exists(temp.resolve("table.png")));
    }

    private String run(List<Long> seeds) {
        return AblationTable.run(temp, Row.ofThePaper(), seeds, Map.of("split", "train"), this::chain,
                Progress.silent());
    }

    private static void assertSentence(String part, Executable action) {
        UserException e = assertThrows(UserException.class, action);
        assertTrue(e.getMessage().contains(part) && e.getMessage().endsWith("."), e.getMessage());
    }
}
