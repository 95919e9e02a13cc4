package io.github.palimpsest.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.PngFile;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * One image and one of its tags, round by round, as a figure: on the left the image and what has been mined from it; then
 * for each round where the classifier looked (above) and what it left for the next (below).
 */
public final class RoundsFigure {

    private static final int SIDE = 256;
    private static final int GAP = 14;
    private static final int MARGIN = 26;
    private static final int CAPTION = 26;
    private static final int HEADING = 34;

    private RoundsFigure() {}

    /**
     * Draws the figure.
     *
     * @param run a run folder with at least one finished round
     * @param image its name in the run
     * @param pixels {@code C×H×W} with 1 or 3 channels, 0..255
     * @param tag one of the image's
     * @param rounds how many of the run's rounds to show at most
     */
    public static BufferedImage draw(RunFolder run, String image, Tensor pixels, String tag, int rounds) {
        RunRecord record = Json.read(run.record(), RunRecord.class);
        int shown = Math.min(rounds, record.rounds().size());
        Panels panels = new Panels(run, image, pixels, record.mean(), SIDE);
        double scale = (double) SIDE / Math.max(panels.width(), panels.height());
        int width = (int) StrictMath.round(scale * panels.width());
        int height = (int) StrictMath.round(scale * panels.height());
        int row = height + CAPTION + GAP;
        BufferedImage figure = new BufferedImage(2 * MARGIN + (shown + 1) * width + shown * GAP + GAP,
                2 * MARGIN + HEADING + 2 * row - GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = Ink.on(figure);
        int top = MARGIN + HEADING;
        FigureCell cell = new FigureCell(g, width, height);
        cell.heading(MARGIN, MARGIN, "Tag: " + tag, Ink.DARK);
        cell.panel(MARGIN, top, Optional.of(panels.original()), "the image");
        cell.panel(MARGIN, top + row, panels.mined(tag), "mined, by round");
        int first = MARGIN + width + 2 * GAP;
        g.setColor(Ink.RULE);
        g.drawLine(first - GAP, MARGIN, first - GAP, figure.getHeight() - MARGIN);
        for (int n = 0; n < shown; n++) {
            int round = record.rounds().get(n).round();
            int x = first + n * (width + GAP);
            cell.swatch(x, MARGIN, round);
            cell.heading(x + 22, MARGIN, "Round " + round, Ink.DARK);
            cell.panel(x, top, panels.attention(round, tag), "where it looks");
            cell.panel(x, top + row, Optional.of(panels.erased(round)), "after erasing");
        }
        g.dispose();
        return figure;
    }

    /**
     * Writes the figure {@code rounds.png} of a run, of a typical image and tag and the merged rounds; nothing where
     * nothing has been mined. The same run gives the same picture.
     *
     * @param images gives an image's pixels by its name in the run: {@code C×H×W}, 1 or 3 channels, 0..255
     * @throws UserException if the image or the run cannot be read, the file not be written, or there are no fonts
     */
    public static void write(RunFolder run, Function<String, Tensor> images) {
        RunRecord record = Json.read(run.record(), RunRecord.class);
        int merged = (int) record.rounds().stream().filter(RunRecord.RoundRecord::merged).count();
        Optional<TellingExample> example = TellingExample.of(run, record);
        if (merged == 0 || example.isEmpty())
            return;
        Fonts.require("rounds.png");
        String image = example.get().image();
        write(run, image, images.apply(image), example.get().tag(), merged, run.figure());
    }

    /** Writes {@link #draw} as a PNG. */
    public static void write(RunFolder run, String image, Tensor pixels, String tag, int rounds, Path png) {
        PngFile.write(png, draw(run, image, pixels, tag, rounds));
    }
}
