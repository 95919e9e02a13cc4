package io.github.palimpsest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Curves over whole numbers (epochs, rounds), as an SVG in a figure with a title, a legend and labelled axes. Colours of text and
 * grid come from the page's style, so that it is right in light and dark.
 *
 * @param title of the figure
 * @param across what the horizontal axis counts
 * @param up what the vertical axis measures, with its unit
 * @param top end of the vertical axis; 0 lets the values choose. It always starts at 0
 * @param thin what the curves that are not bold are together
 * @param curves in the order of the legend; those without a finite point are left out
 */
record LineChart(String title, String across, String up, double top, String thin, List<Curve> curves) {

    /**
     * @param name for the legend
     * @param colour as CSS
     * @param bold for a curve that matters; the others are background to it and share a place in the legend
     * @param points x and y of each; a y that is not finite leaves a gap
     */
    record Curve(String name, String colour, boolean bold, List<double[]> points) {}

    private static final int WIDTH = 400;
    private static final int HEIGHT = 256;
    private static final int LEFT = 58;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 46;

    /** The figure, or nothing if there is nothing to show. */
    String figure() {
        List<Curve> shown = curves.stream().filter(c -> c.points().stream().anyMatch(p -> Double.isFinite(p[1]))).toList();
        if (shown.isEmpty())
            return "";
        StringBuilder html = new StringBuilder("<figure class=\"chart\"><figcaption><b>").append(Html.text(title))
                .append("</b>");
        if (shown.size() > 1)
            legend(html, shown);
        html.append("</figcaption>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(WIDTH).append(' ')
                .append(HEIGHT).append("\" role=\"img\" aria-label=\"").append(Html.text(title)).append("\">\n");
        double left = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double highest = 0;
        for (Curve curve : shown)
            for (double[] point : curve.points())
                if (Double.isFinite(point[1])) {
                    left = Math.min(left, point[0]);
                    right = Math.max(right, point[0]);
                    highest = Math.max(highest, point[1]);
                }
        if (left == right) {
            left -= 1;
            right += 1;
        }
        double step = niceStep(top > 0 ? top : highest > 0 ? highest : 1, 5);
        double end = top > 0 ? top : step * StrictMath.ceil((highest > 0 ? highest : 1) / step - 1e-9);
        Scale scale = new Scale(left, right, end);
        grid(html, scale, step);
        for (Curve curve : shown)
            draw(html, curve, scale);
        return html.append("</svg></figure>\n").toString();
    }

    private void legend(StringBuilder html, List<Curve> shown) {
        html.append("<span class=\"legend\">");
        boolean thinNamed = false;
        for (Curve curve : shown)
            if (curve.bold() || !thinNamed) {
                html.append("<span><i style=\"background:").append(curve.colour()).append("\"></i>")
                        .append(Html.text(curve.bold() ? curve.name() : thin)).append("</span> ");
                thinNamed |= !curve.bold();
            }
        html.append("</span>");
    }

    private void grid(StringBuilder html, Scale scale, double step) {
        int digits = (int) Math.max(0, -StrictMath.floor(StrictMath.log10(step) + 1e-9));
        for (int n = 0; n * step <= scale.top() * 1.000001; n++) {
            String y = scale.y(n * step);
            html.append("<line class=\"").append(n == 0 ? "axis" : "grid").append("\" x1=\"").append(LEFT).append("\" x2=\"")
                    .append(WIDTH - RIGHT).append("\" y1=\"").append(y).append("\" y2=\"").append(y).append("\"/>")
                    .append(label(LEFT - 8, y, "end", ".32em", Html.number(n * step, digits)));
        }
        long every = (long) Math.max(1, niceStep(scale.right() - scale.left(), 10));
        for (long x = (long) StrictMath.ceil(scale.left() / every) * every; x <= scale.right(); x += every)
            html.append(label(scale.x(x), HEIGHT - BOTTOM + 18, "middle", "0", Long.toString(x)));
        html.append(label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle", "0", across))
                .append("<text text-anchor=\"middle\" transform=\"translate(13 ")
                .append((TOP + HEIGHT - BOTTOM) / 2).append(") rotate(-90)\">").append(Html.text(up)).append("</text>\n");
    }

    private static void draw(StringBuilder html, Curve curve, Scale scale) {
        html.append("<g style=\"--c:").append(curve.colour()).append("\" class=\"").append(curve.bold() ? "bold" : "thin")
                .append("\"><title>").append(Html.text(curve.name())).append("</title>");
        List<String> stretch = new ArrayList<>();
        for (double[] point : curve.points())
            if (Double.isFinite(point[1]))
                stretch.add(scale.x(point[0]) + "," + scale.y(Math.min(point[1], scale.top())));
            else
                line(html, stretch);
        line(html, stretch);
        if (curve.points().size() <= 12)
            for (double[] point : curve.points())
                if (Double.isFinite(point[1]))
                    html.append("<circle r=\"").append(curve.bold() ? "3.6" : "2.6").append("\" cx=\"").append(scale.x(point[0]))
                            .append("\" cy=\"").append(scale.y(Math.min(point[1], scale.top()))).append("\"/>");
        html.append("</g>\n");
    }

    private static void line(StringBuilder html, List<String> stretch) {
        if (stretch.size() > 1)
            html.append("<polyline points=\"").append(String.join(" ", stretch)).append("\"/>");
        stretch.clear();
    }

    private static String label(Object x, Object y, String anchor, String down, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" dy=\"" + down + "\" text-anchor=\"" + anchor + "\">"
                + Html.text(text) + "</text>\n";
    }

    /** 1, 2 or 5 times a power of ten, so that about this many steps fill the range. */
    private static double niceStep(double range, int steps) {
        double rough = range / steps;
        double power = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(rough)));
        for (double nice : new double[] {1, 2, 5})
            if (rough <= nice * power * 1.000001)
                return nice * power;
        return 10 * power;
    }

    /** From values to places in the drawing. */
    private record Scale(double left, double right, double top) {

        String x(double value) {
            return place(LEFT + (value - left) / (right - left) * (WIDTH - LEFT - RIGHT));
        }

        String y(double value) {
            return place(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM));
        }

        private static String place(double pixels) {
            return String.format(Locale.ROOT, "%.1f", pixels);
        }
    }
}
