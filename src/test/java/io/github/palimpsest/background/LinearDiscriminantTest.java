package io.github.palimpsest.background;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearDiscriminantTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 24})
    void choleskySolvesAsEliminationDoes(int n) {
        SplittableRandom random = new SplittableRandom(n);
        double[][] factor = new double[n][n];
        for (double[] row : factor)
            for (int j = 0; j < n; j++)
                row[j] = random.nextDouble(-1, 1);
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++)
                    matrix[i * n + j] += factor[i][k] * factor[j][k];
                matrix[i * n + j] += i == j ? 0.1 : 0;
            }
        double[] b = random.doubles(n, -1, 1).toArray();
        double[] expected = eliminated(matrix.clone(), b.clone());
        assertArrayEquals(expected, LinearDiscriminant.solve(matrix, b), 1e-9);
    }

    @Test
    void aMatrixThatIsNotPositiveIsRefused() {
        assertThrows(ArithmeticException.class,
                () -> LinearDiscriminant.solve(new double[] {1, 0, 2, 1}, new double[] {1, 1}));
    }

    /** The larger of the two classes' normal densities times their shares, written out for each sample. */
    @Test
    void itIsTheRuleOfBayesForTwoNormalClasses() {
        SplittableRandom random = new SplittableRandom(9);
        int ground = 150;
        int foreground = 50;
        float[] samples = new float[2 * (ground + foreground)];
        for (int i = 0; i < ground + foreground; i++) {
            double shared = random.nextDouble(-1, 1);
            samples[2 * i] = (float) (shared + random.nextDouble(-1, 1) + (i < ground ? 0 : 0.8));
            samples[2 * i + 1] = (float) (shared + 0.5 * random.nextDouble(-1, 1) - (i < ground ? 0 : 0.4));
        }
        double[] scatter = new double[4];
        double[][] sums = new double[2][2];
        for (int i = 0; i < ground + foreground; i++)
            for (int a = 0; a < 2; a++) {
                sums[i < ground ? 0 : 1][a] += samples[2 * i + a];
                for (int b = 0; b < 2; b++)
                    scatter[2 * a + b] += (double) samples[2 * i + a] * samples[2 * i + b];
            }
        double ridge = 0.01;
        double[] m0 = {sums[0][0] / ground, sums[0][1] / ground};
        double[] m1 = {sums[1][0] / foreground, sums[1][1] / foreground};
        double xx = ridge;
        double yy = ridge;
        double xy = 0;
        for (int i = 0; i < ground + foreground; i++) {
            double[] m = i < ground ? m0 : m1;
            double x = samples[2 * i] - m[0];
            double y = samples[2 * i + 1] - m[1];
            xx += x * x / (ground + foreground);
            yy += y * y / (ground + foreground);
            xy += x * y / (ground + foreground);
        }
        LinearDiscriminant discriminant = new LinearDiscriminant(scatter, sums[0], ground, sums[1], foreground, ridge);
        for (int i = 0; i < ground + foreground; i++) {
            double asGround = Math.log(ground) - distance(samples[2 * i], samples[2 * i + 1], m0, xx, xy, yy) / 2;
            double asForeground = Math.log(foreground)
                    - distance(samples[2 * i], samples[2 * i + 1], m1, xx, xy, yy) / 2;
            assertEquals(asForeground > asGround, discriminant.isForeground(samples, i), "sample " + i);
        }
    }

    private static double distance(double x, double y, double[] mean, double xx, double xy, double yy) {
        double dx = x - mean[0];
        double dy = y - mean[1];
        return (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / (xx * yy - xy * xy);
    }

    /** Gauss and Jordan with pivots. */
    private static double[] eliminated(double[] matrix, double[] b) {
        int n = b.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column; row < n; row++)
                if (Math.abs(matrix[row * n + column]) > Math.abs(matrix[pivot * n + column]))
                    pivot = row;
            for (int k = 0; k < n; k++) {
                double swap = matrix[pivot * n + k];
                matrix[pivot * n + k] = matrix[column * n + k];
                matrix[column * n + k] = swap;
            }
            double swap = b[pivot];
            b[pivot] = b[column];
            b[column] = swap;
            for (int row = 0; row < n; row++) {
                if (row == column)
                    continue;
                double times = matrix[row * n + column] / matrix[column * n + column];
                for (int k = 0; k < n; k++)
                    matrix[row * n + k] -= times * matrix[column * n + k];
                b[row] -= times * b[column];
            }
        }
        for (int i = 0; i < n; i++)
            b[i] /= matrix[i * n + i];
        return b;
    }
}
