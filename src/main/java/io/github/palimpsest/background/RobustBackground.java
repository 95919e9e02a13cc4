package io.github.palimpsest.background;

import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * Robust background detection: W. Zhu, S. Liang, Y. Wei, J. Sun, <i>Saliency Optimization from Robust Background
 * Detection</i>, CVPR 2014. What is well connected to the border is background; what differs from near background in
 * colour is foreground; and a least-squares problem makes the two agree smoothly. Written from the paper, on square
 * cells in place of superpixels. A picture of one colour is background everywhere.
 * <p>
 * The result is stretched to 0..1 in every picture, as in the paper, but noise is not: where nothing differs from the
 * ground by more than people would notice, it stays near 0.
 */
final class RobustBackground implements BackgroundCue {

    private static final int CELLS = 1120;
    /** The paper's σ of boundary connectivity. */
    private static final double CONNECTIVITY = 1;
    /** The paper's σ of the distance in the picture, whose longer side is 1. */
    private static final double NEARNESS = 0.25;
    /** The paper's σ of colour between neighbours, and the smoothness that is there in any case. */
    private static final double COLOUR = 10;
    private static final double ALWAYS = 0.1;
    /** How much more the background term weighs than the foreground term. */
    private static final double BACKGROUND = 5;
    /** A just noticeable difference in Lab. */
    private static final double NOTICEABLE = 2.3;

    @Override
    public Tensor of(Scene scene) {
        CellGrid grid = CellGrid.about(CELLS, scene.height(), scene.width());
        CellColours colours = new CellColours(grid.means(scene.rgb()));
        float[] cells = ofCells(colours);
        return Resize.bilinear(Tensor.of(cells, 1, grid.rows(), grid.columns()), scene.height(), scene.width());
    }

    private static float[] ofCells(CellColours colours) {
        float[] connectivity = new BoundaryConnectivity(colours).ofCells();
        double[] background = new double[connectivity.length];
        for (int i = 0; i < background.length; i++)
            background[i] = 1 - Math.exp(-connectivity[i] * connectivity[i] / (2 * CONNECTIVITY * CONNECTIVITY));
        double[] foreground = new double[background.length];
        double most = contrast(colours, background, foreground);
        if (most <= 0)
            return new float[background.length];
        for (int i = 0; i < background.length; i++)
            background[i] *= BACKGROUND;
        SmoothAgreement agreement = new SmoothAgreement(background, foreground);
        colours.forEachTouching((p, q, distance) -> agreement.link(p, q,
                Math.exp(-distance * distance / (2 * COLOUR * COLOUR)) + ALWAYS));
        return stretched(agreement.solve(), Math.min(1, most / NOTICEABLE));
    }

    /**
     * The difference of every cell from the background near it, brought to 0..1.
     *
     * @return the largest, in Lab units
     */
    private static double contrast(CellColours colours, double[] background, double[] foreground) {
        int columns = colours.columns;
        double[] near = nearness(colours);
        double most = 0;
        double weights = 0;
        for (int p = 0; p < foreground.length; p++) {
            int row = p / columns;
            int column = p % columns;
            double sum = 0;
            double weight = 0;
            for (int q = 0; q < foreground.length; q++) {
                double w = near[Math.abs(q / columns - row) * columns + Math.abs(q % columns - column)] * background[q];
                sum += w * colours.distance(p, q);
                weight += w;
            }
            foreground[p] = sum;
            most = Math.max(most, sum);
            weights = Math.max(weights, weight);
        }
        for (int p = 0; p < foreground.length && most > 0; p++)
            foreground[p] /= most;
        return weights > 0 ? most / weights : 0;
    }

    /** The weight of two cells that lie so many rows and columns apart. */
    private static double[] nearness(CellColours colours) {
        double side = Math.max(colours.rows, colours.columns);
        double[] near = new double[colours.cells()];
        for (int i = 0; i < near.length; i++) {
            double y = i / colours.columns / side;
            double x = i % colours.columns / side;
            near[i] = Math.exp(-(y * y + x * x) / (2 * NEARNESS * NEARNESS));
        }
        return near;
    }

    private static float[] stretched(double[] values, double most) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        float[] result = new float[values.length];
        for (int i = 0; i < values.length && high > low; i++)
            result[i] = (float) ((values[i] - low) / (high - low) * most);
        return result;
    }
}
