package io.github.palimpsest.background;

/**
 * Fisher's linear discriminant of two classes with one covariance and the classes' own shares as priors, from sums over
 * the samples; so it costs no more than the sums, and there is nothing to iterate. A ridge keeps it calm with few
 * samples.
 */
final class LinearDiscriminant {

    private final double[] direction;
    private final double offset;

    /**
     * @param scatter {@code C×C}, Σ x·xᵀ over the samples of both classes; only the lower half is read
     * @param groundSum Σ x over the ground's samples
     * @param ground their number, at least 1
     * @param foregroundSum Σ x over the foreground's samples
     * @param foreground their number, at least 1
     * @param ridge added to every variance, above 0
     */
    LinearDiscriminant(double[] scatter, double[] groundSum, int ground, double[] foregroundSum, int foreground,
            double ridge) {
        int c = groundSum.length;
        double n = (double) ground + foreground;
        double[] between = new double[c];
        double[] middle = new double[c];
        for (int i = 0; i < c; i++) {
            between[i] = foregroundSum[i] / foreground - groundSum[i] / ground;
            middle[i] = (foregroundSum[i] / foreground + groundSum[i] / ground) / 2;
        }
        double[] within = new double[c * c];
        for (int i = 0; i < c; i++) {
            for (int j = 0; j <= i; j++)
                within[i * c + j] = (scatter[i * c + j] - groundSum[i] * groundSum[j] / ground
                        - foregroundSum[i] * foregroundSum[j] / foreground) / n;
            within[i * c + i] += ridge;
        }
        direction = solve(within, between);
        double at = 0;
        for (int i = 0; i < c; i++)
            at += direction[i] * middle[i];
        offset = Math.log((double) foreground / ground) - at;
    }

    /** Whether a sample is rather foreground, for its features and the share of foreground. */
    boolean isForeground(float[] samples, int sample) {
        double score = offset;
        int start = sample * direction.length;
        for (int i = 0; i < direction.length; i++)
            score += direction[i] * samples[start + i];
        return score > 0;
    }

    /**
     * Solves M·x = b by Cholesky's decomposition.
     *
     * @param matrix symmetric and positive definite, of which the lower half is read; overwritten
     */
    static double[] solve(double[] matrix, double[] b) {
        int n = b.length;
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i * n + j];
                for (int k = 0; k < j; k++)
                    sum -= matrix[i * n + k] * matrix[j * n + k];
                if (i == j && sum <= 0)
                    throw new ArithmeticException("not positive definite");
                matrix[i * n + j] = i == j ? Math.sqrt(sum) : sum / matrix[j * n + j];
            }
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++)
                x[i] -= matrix[i * n + k] * x[k];
            x[i] /= matrix[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++)
                x[i] -= matrix[k * n + i] * x[k];
            x[i] /= matrix[i * n + i];
        }
        return x;
    }
}
