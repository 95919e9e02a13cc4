package io.github.palimpsest.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table in UTF-8, written whole or not at all. Quotes only where it must: commons-csv would quote colours too, for
 * their first letter.
 */
public final class CsvTable {

    /** What prints the lines below the heading. */
    public interface Lines {
        /** Prints all of them. */
        void printTo(CsvTable table) throws IOException;
    }

    private final Writer text;
    private final int columns;

    private CsvTable(Writer text, int columns) {
        this.text = text;
        this.columns = columns;
    }

    /**
     * Writes a table through a temporary name.
     *
     * @throws io.github.palimpsest.task.UserException if it cannot be written, naming the file
     */
    public static void write(Path file, List<String> columns, Lines lines) {
        AtomicFile.write(file, (OutputStream out) -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            CsvTable table = new CsvTable(text, columns.size());
            table.line(columns.toArray());
            lines.printTo(table);
            text.flush();
        });
    }

    /** Prints a line; cells for which there is no column are left out. */
    public void line(Object... cells) throws IOException {
        text.write(Arrays.stream(cells).limit(columns).map(cell -> quoted(cell.toString()))
                .collect(Collectors.joining(",", "", "\n")));
    }

    private static String quoted(String cell) {
        boolean plain = cell.strip().equals(cell) && cell.chars().noneMatch(c -> ",\"\n\r".indexOf(c) >= 0);
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
