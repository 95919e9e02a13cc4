package io.github.palimpsest.segmentation.model;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import io.github.palimpsest.dataset.SkippedFile;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.task.SettingsText;

/** The tables of a segmented folder, in UTF-8, written whole or not at all. */
final class Tables {

    private Tables() {}

    private interface Lines {
        void printTo(CSVPrinter table) throws IOException;
    }

    /** {@code value,tag,colour} of every label. */
    static void legend(Path file, ModelDescription model) {
        write(file, List.of("value", "tag", "colour"), table -> {
            table.printRecord(0, "background", model.colours().get(0));
            for (int tag = 0; tag < model.tags().size(); tag++)
                table.printRecord(tag + 1, model.tags().get(tag), model.colours().get(tag + 1));
        });
    }

    /** A line for each tag of each image, one for an image without tags; images are read one after the other. */
    static void predictions(SegmentedFolder folder, List<String> images) {
        write(folder.predictions(), List.of("file", "tag", "confidence", "pixels", "area", "unit"), table -> {
            for (String image : images) {
                ImageResult result = Json.read(folder.progress(image), ImageResult.class);
                if (result.rows().isEmpty())
                    table.printRecord(image, "", "", 0, 0, result.unit());
                for (ImageResult.Row row : result.rows())
                    table.printRecord(image, row.tag(), String.format(Locale.ROOT, "%.4f", row.confidence()), row.pixels(),
                            SettingsText.plain(row.area()), result.unit());
            }
        });
    }

    /** {@code file,reason}. */
    static void skipped(Path file, List<SkippedFile> skipped) {
        write(file, List.of("file", "reason"), table -> {
            for (SkippedFile image : skipped)
                table.printRecord(image.name(), image.reason());
        });
    }

    private static void write(Path file, List<String> columns, Lines lines) {
        AtomicFile.write(file, (OutputStream out) -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            CSVPrinter table = new CSVPrinter(text, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
            table.printRecord(columns);
            lines.printTo(table);
            table.flush();
        });
    }
}
