package io.github.palimpsest.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import io.github.palimpsest.report.LineChart.Curve;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;
import io.github.palimpsest.task.UserException;

/** A run's course as curves. */
final class RunCurves {

    private static final String STRONG = "var(--accent)";
    private static final String FAINT = "var(--faint)";

    /** More curves than this are a tangle; the table has them. */
    private static final int TAGS = 30;

    private RunCurves() {}

    /** The classifier's loss over its epochs, a curve for each round that left a log. */
    static LineChart loss(RunFolder run, RunRecord record) {
        List<Curve> curves = new ArrayList<>();
        for (RoundRecord round : record.rounds())
            if (Files.isRegularFile(run.log(round.round())))
                curves.add(new Curve("round " + round.round(), Palette.css(Palette.round(round.round())), true,
                        readLog(run.log(round.round()))));
        return new LineChart("Training loss", "epoch", "loss, mean per image", 0, "", curves);
    }

    static LineChart averagePrecision(RunRecord record) {
        List<Curve> curves = new ArrayList<>();
        if (record.tags().size() <= TAGS && record.tags().size() > 1)
            for (String tag : record.tags())
                curves.add(new Curve(tag, FAINT, false, byRound(record, r -> r.averagePrecisionByTag() == null ? null
                        : r.averagePrecisionByTag().get(tag))));
        curves.add(new Curve("mean over tags", STRONG, true, byRound(record, RoundRecord::averagePrecision)));
        return new LineChart("Average precision on held-out images", rounds(record), "average precision, 0 to 1", 1,
                "single tags", curves);
    }

    static LineChart mined(RunRecord record) {
        return new LineChart("Mined so far", rounds(record), "% of the tagged images' pixels", 0, "",
                List.of(new Curve("mined", STRONG, true, byRound(record, r -> 100 * r.mined()))));
    }

    static LineChart scores(RegionScores scores) {
        return new LineChart("Agreement with the masks", "round", "mIoU, 0 to 1", 1, "", List.of(
                new Curve("regions mined so far", STRONG, true, scores.curve("regions_miou")),
                new Curve("maps, accumulated", "#0072B2", true, scores.curve("accumulated_miou")),
                new Curve("maps of the round alone", "#009E73", true, scores.curve("cam_miou"))));
    }

    /** What the axis of rounds counts, and which of them do not count. */
    private static String rounds(RunRecord record) {
        List<String> apart = record.rounds().stream().filter(r -> !r.merged()).map(r -> "" + r.round()).toList();
        return apart.isEmpty() ? "round" : "round (not merged: " + String.join(", ", apart) + ")";
    }

    private static List<double[]> byRound(RunRecord record, Function<RoundRecord, Double> value) {
        List<double[]> points = new ArrayList<>();
        for (RoundRecord round : record.rounds()) {
            Double y = value.apply(round);
            points.add(new double[] {round.round(), y == null ? Double.NaN : y});
        }
        return points;
    }

    private static List<double[]> readLog(Path log) {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        List<double[]> points = new ArrayList<>();
        try (CSVParser lines = CSVParser.parse(log, StandardCharsets.UTF_8, format)) {
            for (CSVRecord line : lines)
                points.add(new double[] {Double.parseDouble(line.get("epoch")), Double.parseDouble(line.get("loss"))});
        } catch (IOException | IllegalArgumentException e) {
            throw new UserException(log + " is not a training log with the columns epoch and loss: " + e.getMessage(), e);
        }
        return points;
    }
}
