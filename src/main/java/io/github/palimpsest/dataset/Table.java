package io.github.palimpsest.dataset;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import io.github.palimpsest.task.UserException;

/**
 * A table of text with a first line of column names, in UTF-8, separated by commas, semicolons or tabs.
 *
 * @param file where it is
 * @param columns the first line's cells, without outer blanks
 * @param rows the other lines, each with as many cells as there are columns
 */
record Table(Path file, List<String> columns, List<Row> rows) {

    /** A line of a table. */
    record Row(long line, List<String> cells) {}

    /** Ten million images' names fit into this many bytes. */
    private static final long MAX_BYTES = 1L << 28;
    private static final int FIRST_LINE_BYTES = 1 << 16;

    /** Reads a whole table. @throws UserException if it is not one */
    static Table read(Path file) {
        String text = text(file);
        boolean declared = text.regionMatches(true, 0, "sep=", 0, 4);
        if (declared) // Excel's own way to tell the separator, in a line before the first
            text = text.substring(text.indexOf('\n') + 1);
        List<Row> rows = parse(file, text, declared ? 1 : 0);
        if (rows.isEmpty())
            throw new UserException(file + " is empty: its first line must name the columns, such as file,tags.");
        List<String> columns = rows.remove(0).cells();
        Set<String> seen = new HashSet<>();
        for (String column : columns)
            if (!column.isEmpty() && !seen.add(column))
                throw new UserException(file + " has two columns named " + column + ": rename or remove one of them.");
        rows.replaceAll(row -> fit(file, row, columns.size()));
        return new Table(file, columns, rows);
    }

    /** The column names of a file that may be a table; empty if it cannot be read as one. */
    static List<String> columnsOf(Path file) {
        try (var in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(FIRST_LINE_BYTES), StandardCharsets.UTF_8);
            String text = withoutMark(start);
            if (text.regionMatches(true, 0, "sep=", 0, 4))
                text = text.substring(text.indexOf('\n') + 1);
            List<Row> rows = parse(file, firstLine(text), 0);
            return rows.isEmpty() ? List.of() : rows.get(0).cells();
        } catch (IOException | UserException e) {
            return List.of();
        }
    }

    /** The index of the first of these columns that the table has, whatever its case; −1 if it has none. */
    static int indexOf(List<String> columns, Set<String> names) {
        for (int c = 0; c < columns.size(); c++)
            if (names.contains(columns.get(c).toLowerCase(Locale.ROOT)))
                return c;
        return -1;
    }

    /** Where a row stands, for sentences. */
    String at(Row row) {
        return "Line " + row.line() + " of " + file;
    }

    private static Row fit(Path file, Row row, int columns) {
        List<String> cells = row.cells();
        int used = cells.size();
        while (used > columns && cells.get(used - 1).isEmpty())
            used--; // spreadsheets pad lines with empty cells
        if (used != columns)
            throw new UserException("Line " + row.line() + " of " + file + " has " + count(used, "cell")
                    + " where the first line has "
                    + columns + ": put quotes around names that contain the separator, and join tags by |.");
        return new Row(row.line(), List.copyOf(cells.subList(0, columns)));
    }

    private static String count(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    /** A text file's content, without byte order mark. @throws UserException if it is no UTF-8 text of a sane size */
    static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES)
                throw new UserException(file + " is larger than " + (MAX_BYTES >> 20)
                        + " MB, too large for a table of images: check that it is the right file.");
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length >= 2 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xfe + 0xff && (bytes[0] & 0xff) >= 0xfe)
                throw new UserException(file + " is in UTF-16: save it again as CSV in UTF-8.");
            for (byte b : bytes)
                if (b == 0)
                    throw new UserException(file + " is not a text file (it contains zero bytes): save it as CSV in"
                            + " UTF-8.");
            return withoutMark(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw new UserException(file + " is not in UTF-8, so its letters with accents cannot be told: save it"
                    + " again as \"CSV UTF-8\".", e);
        } catch (IOException e) {
            throw new UserException(file + " cannot be read: check that it is a file and its permissions.", e);
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String firstLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }

    private static List<Row> parse(Path file, String text, long linesBefore) {
        CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(separator(file, firstLine(text))).setTrim(true)
                .setIgnoreEmptyLines(true).get();
        List<Row> rows = new ArrayList<>();
        long line = 1 + linesBefore;
        try (CSVParser parser = format.parse(new StringReader(text))) {
            for (Iterator<CSVRecord> records = parser.iterator(); records.hasNext();) {
                CSVRecord record = records.next();
                line = Math.max(line, parser.getCurrentLineNumber() + linesBefore);
                if (record.stream().anyMatch(cell -> !cell.isEmpty()))
                    rows.add(new Row(line, record.toList()));
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new UserException("After line " + line + " of " + file
                    + " the quotes do not match: put a closing quote, or double the quotes inside a cell.", e);
        }
        return rows;
    }

    /** The separator that the first line uses most, outside quotes. */
    private static char separator(Path file, String firstLine) {
        String bare = firstLine.replaceAll("\"[^\"]*\"", "");
        char best = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : ',';
        for (char candidate : new char[] {',', ';', '\t'})
            if (occurrences(bare, candidate) > occurrences(bare, best))
                best = candidate;
        return best;
    }

    private static long occurrences(String text, char c) {
        return text.chars().filter(other -> other == c).count();
    }
}
