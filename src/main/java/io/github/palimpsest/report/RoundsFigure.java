package io.github.palimpsest.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
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

    private static final Color PAPER = new Color(0xFDFCF9);
    private static final Color INK = new Color(0x26221D);
    private static final Color FAINT = new Color(0x766E63);
    private static final Color RULE = new Color(0xDDD6CA);

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
        Graphics2D g = figure.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        // A small image keeps its own pixels: a smooth one would claim more, and its file is twice as large.
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.setColor(PAPER);
        g.fillRect(0, 0, figure.getWidth(), figure.getHeight());
        int top = MARGIN + HEADING;
        Cell cell = new Cell(g, width, height);
        cell.heading(MARGIN, MARGIN, "Tag: " + tag, INK);
        cell.panel(MARGIN, top, Optional.of(panels.original()), "the image");
        cell.panel(MARGIN, top + row, panels.mined(tag), "mined, by round");
        int first = MARGIN + width + 2 * GAP;
        g.setColor(RULE);
        g.drawLine(first - GAP, MARGIN, first - GAP, figure.getHeight() - MARGIN);
        for (int n = 0; n < shown; n++) {
            int round = record.rounds().get(n).round();
            int x = first + n * (width + GAP);
            cell.swatch(x, MARGIN, round);
            cell.heading(x + 22, MARGIN, "Round " + round, INK);
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
        byte[] bytes = Html.png(draw(run, image, pixels, tag, rounds));
        AtomicFile.write(png, out -> out.write(bytes));
    }

    /** A place in the grid: a picture with a caption under it, a heading above. */
    private record Cell(Graphics2D g, int width, int height) {

        void heading(int x, int y, String text, Color colour) {
            write(text, x, y + 17, Font.BOLD, 17, colour, width - 22);
        }

        void swatch(int x, int y, int round) {
            g.setColor(new Color(Palette.round(round)));
            g.fill(new RoundRectangle2D.Double(x, y + 4, 14, 14, 5, 5));
        }

        void panel(int x, int y, Optional<BufferedImage> picture, String caption) {
            if (picture.isPresent()) {
                g.drawImage(picture.get(), x, y, width, height, null);
                g.setColor(new Color(0, 0, 0, 40));
                g.drawRect(x, y, width - 1, height - 1);
            } else {
                g.setColor(RULE);
                g.fillRect(x, y, width, height);
            }
            write(caption, x, y + height + 19, Font.PLAIN, 14, FAINT, width);
        }

        /** Shortens what does not fit. */
        private void write(String text, int x, int baseline, int style, int size, Color colour, int most) {
            g.setFont(new Font(Font.SANS_SERIF, style, size));
            String shown = text;
            while (shown.length() > 1 && g.getFontMetrics().stringWidth(shown) > most)
                shown = shown.substring(0, shown.length() - 2) + "…";
            g.setColor(colour);
            g.drawString(shown, x, baseline);
        }
    }
}
