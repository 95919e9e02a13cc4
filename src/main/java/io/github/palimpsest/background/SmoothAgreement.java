package io.github.palimpsest.background;

import java.util.Arrays;

/**
 * The saliency s of cells that minimises Σ b·s² + Σ f·(s − 1)² + Σ w·(s_p − s_q)² (Zhu et al. 2014, equation 9), by
 * conjugate gradients preconditioned with the diagonal. Where neither b nor f nor a link says anything, s is 0.
 */
final class SmoothAgreement {

    private static final double PRECISION = 1e-7;

    private final double[] diagonal;
    private final double[] foreground;
    private int[] from = new int[0];
    private int[] to = new int[0];
    private double[] weight = new double[0];
    private int links;

    /**
     * @param background b of each cell, at least 0
     * @param foreground f of each cell, at least 0
     */
    SmoothAgreement(double[] background, double[] foreground) {
        this.foreground = foreground;
        diagonal = new double[background.length];
        for (int i = 0; i < diagonal.length; i++)
            diagonal[i] = background[i] + foreground[i];
    }

    /** Makes two cells wish to be alike. */
    void link(int p, int q, double w) {
        if (links == from.length) {
            int more = Math.max(64, 2 * links);
            from = Arrays.copyOf(from, more);
            to = Arrays.copyOf(to, more);
            weight = Arrays.copyOf(weight, more);
        }
        from[links] = p;
        to[links] = q;
        weight[links++] = w;
        diagonal[p] += w;
        diagonal[q] += w;
    }

    double[] solve() {
        int n = diagonal.length;
        double[] s = new double[n];
        double[] residual = foreground.clone();
        double[] direction = scaled(residual);
        double[] image = new double[n];
        double progress = dot(residual, direction);
        double enough = progress * PRECISION * PRECISION;
        for (int step = 0; step < 10 * n && progress > enough; step++) {
            multiply(direction, image);
            double length = progress / dot(direction, image);
            for (int i = 0; i < n; i++) {
                s[i] += length * direction[i];
                residual[i] -= length * image[i];
            }
            double[] next = scaled(residual);
            double before = progress;
            progress = dot(residual, next);
            for (int i = 0; i < n; i++)
                direction[i] = next[i] + progress / before * direction[i];
        }
        return s;
    }

    private double[] scaled(double[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++)
            result[i] = diagonal[i] > 0 ? values[i] / diagonal[i] : 0;
        return result;
    }

    private void multiply(double[] s, double[] result) {
        for (int i = 0; i < s.length; i++)
            result[i] = diagonal[i] * s[i];
        for (int link = 0; link < links; link++) {
            result[from[link]] -= weight[link] * s[to[link]];
            result[to[link]] -= weight[link] * s[from[link]];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
