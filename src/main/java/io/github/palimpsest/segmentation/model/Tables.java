package io.github.palimpsest.segmentation.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.palimpsest.dataset.SkippedFile;
import io.github.palimpsest.store.CsvTable;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.task.SettingsText;

/** The tables of a segmented folder. */
public final class Tables {

    private Tables() {}

    /** Writes {@code value,tag,colour} of every label. */
    public static void legend(Path file, ModelDescription model) {
        CsvTable.write(file, List.of("value", "tag", "colour"), table -> {
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
        CsvTable.write(folder.predictions(), columns, table -> {
            for (String image : images) {
                ImageResult result = result(folder, image);
                for (ImageResult.Slice slice : result.slices()) {
                    String number = slice.number() > 0 ? String.valueOf(slice.number()) : "";
                    if (slice.rows().isEmpty())
                        table.line(image, "", "", 0, 0, result.unit(), number);
                    for (ImageResult.Row row : slice.rows())
                        table.line(image, row.tag(),
                                String.format(Locale.ROOT, "%.4f", row.confidence()), row.pixels(),
                                area(row.area()), result.unit(), number);
                }
            }
        });
    }

    private static ImageResult result(SegmentedFolder folder, String image) {
        return Json.read(folder.progress(image), ImageResult.class);
    }

    /** An area as it stands in tables: a calibration is a fraction in the file, whose last digits mean nothing. */
    public static String area(double area) {
        return SettingsText.plain(new BigDecimal(area).round(new MathContext(7)).doubleValue());
    }

    /** {@code file,reason}. */
    static void skipped(Path file, List<SkippedFile> skipped) {
        CsvTable.write(file, List.of("file", "reason"), table -> {
            for (SkippedFile image : skipped)
                table.line(image.name(), image.reason());
        });
    }
}
