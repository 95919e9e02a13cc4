package io.github.palimpsest.segmentation.model;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.palimpsest.dataset.SkippedFile;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.task.SettingsText;

/** The tables of a segmented folder, in UTF-8, written whole or not at all. */
final class Tables {

    private Tables() {}

    private interface Lines {
        void printTo(Table table) throws IOException;
    }

    /** {@code value,tag,colour} of every label. */
    static void legend(Path file, ModelDescription model) {
        write(file, List.of("value", "tag", "colour"), table -> {
            table.line(0, "background", model.colours().get(0));
            for (int tag = 0; tag < model.tags().size(); tag++)
                table.line(tag + 1, model.tags().get(tag), model.colours().get(tag + 1));
        });
    }

    /**
     * A line for each tag of each slice of each image, one for a slice without tags; images are read one after the
     * other. Where there are stacks, the slice comes last, counted from 1, and empty for images that are none.
     */
    static void predictions(SegmentedFolder folder, List<String> images) {
        List<String> columns = new ArrayList<>(List.of("file", "tag", "confidence", "pixels", "area", "unit"));
        boolean stacks = images.stream().anyMatch(image -> result(folder, image).isStack());
        if (stacks)
            columns.add("slice");
        write(folder.predictions(), columns, table -> {
            for (String image : images) {
                ImageResult result = result(folder, image);
                for (ImageResult.Slice slice : result.slices()) {
                    String number = slice.number() > 0 ? String.valueOf(slice.number()) : "";
                    if (slice.rows().isEmpty())
                        table.line(image, "", "", 0, 0, result.unit(), number);
                    for (ImageResult.Row row : slice.rows())
                        table.line(image, row.tag(),
                                String.format(Locale.ROOT, "%.4f", row.confidence()), row.pixels(),
                                SettingsText.plain(rounded(row.area())), result.unit(), number);
                }
            }
        });
    }

    private static ImageResult result(SegmentedFolder folder, String image) {
        return Json.read(folder.progress(image), ImageResult.class);
    }

    // A calibration is a fraction in the file, whose last digits mean nothing.
    private static double rounded(double area) {
        return new BigDecimal(area).round(new MathContext(7)).doubleValue();
    }

    /** {@code file,reason}. */
    static void skipped(Path file, List<SkippedFile> skipped) {
        write(file, List.of("file", "reason"), table -> {
            for (SkippedFile image : skipped)
                table.line(image.name(), image.reason());
        });
    }

    private static void write(Path file, List<String> columns, Lines lines) {
        AtomicFile.write(file, (OutputStream out) -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            Table table = new Table(text, columns.size());
            table.line(columns.toArray());
            lines.printTo(table);
            text.flush();
        });
    }

    /** Quotes only where it must be: commons-csv would quote colours too, for their first letter. */
    private record Table(Writer text, int columns) {

        /** Cells for which there is no column are left out. */
        void line(Object... cells) throws IOException {
            text.write(Arrays.stream(cells).limit(columns).map(cell -> quoted(cell.toString()))
                    .collect(Collectors.joining(",", "", "\n")));
        }

        private static String quoted(String cell) {
            boolean plain = cell.strip().equals(cell) && cell.chars().noneMatch(c -> ",\"\n\r".indexOf(c) >= 0);
            return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
        }
    }
}
