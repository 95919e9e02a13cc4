package io.github.palimpsest.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import io.github.palimpsest.report.LineChart.Curve;
import io.github.palimpsest.task.UserException;

/** The losses of a pass of the segmentation's training, epoch by epoch. */
final class PassCurves {

    /** The log's columns by what they are called in the legend. */
    private static final Map<String, String> LOSSES = new LinkedHashMap<>();

    static {
        LOSSES.put("loss", "all together");
        LOSSES.put("segmentation", "training mask");
        LOSSES.put("online", "online mask");
        LOSSES.put("classification", "tags");
    }

    private PassCurves() {}

    /**
     * The chart of a pass.
     *
     * @param log with the columns {@code epoch,loss,segmentation,online,classification}; cells may be empty, and all
     *            columns but the first two absent
     * @throws UserException if it cannot be read
     */
    static LineChart of(int pass, Path log) {
        List<Curve> curves = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
        try (CSVParser parser = CSVParser.parse(log, StandardCharsets.UTF_8, format)) {
            List<CSVRecord> lines = parser.getRecords();
            for (Map.Entry<String, String> loss : LOSSES.entrySet())
                if (parser.getHeaderMap().containsKey(loss.getKey()) || loss.getKey().equals("loss"))
                    curves.add(new Curve(loss.getValue(), curves.isEmpty() ? "var(--accent)"
                            : Palette.css(Palette.round(curves.size() + 1)), true, points(lines, loss.getKey())));
        } catch (IOException | RuntimeException e) {
            throw new UserException(log + " is not a training log with the columns epoch and loss: " + e.getMessage(),
                    e);
        }
        return new LineChart("Loss, " + MaskFigure.name(pass), "epoch", "loss, mean per image", 0, "",
                curves.stream().filter(PassCurves::isMore).toList());
    }

    /** A part of the loss that is switched off is 0 throughout. */
    private static boolean isMore(Curve curve) {
        return curve.points().stream().anyMatch(point -> point[1] > 0);
    }

    private static List<double[]> points(List<CSVRecord> lines, String column) {
        List<double[]> points = new ArrayList<>();
        for (CSVRecord line : lines) {
            String cell = line.get(column);
            points.add(new double[] {Double.parseDouble(line.get("epoch")),
                    cell.isEmpty() ? Double.NaN : Double.parseDouble(cell)});
        }
        return points;
    }
}
