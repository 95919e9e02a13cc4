package io.github.palimpsest.background;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.tensor.Tensor;

/** The steps of robust background detection against their definitions. */
class SaliencyStepsTest {

    /** Values of the CIE's formulas as published for the corners of sRGB. */
    @ParameterizedTest
    @CsvSource({"255,255,255, 100,0,0", "0,0,0, 0,0,0", "255,0,0, 53.24,80.09,67.20", "0,255,0, 87.73,-86.18,83.18",
            "0,0,255, 32.30,79.19,-107.86", "119,119,119, 50.03,0,0"})
    void labIsThatOfTheCie(float r, float g, float b, float l, float a, float bb) {
        assertArrayEquals(new float[] {l, a, bb}, LabColour.of(Tensor.of(new float[] {r, g, b}, 3, 1, 1)), 0.02f);
    }

    /** All shortest paths by Floyd and Warshall, without joining, rounding or cutting off. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void connectivityIsThatOfAllShortestPaths(long seed) {
        CellColours colours = randomColours(7, 9, seed);
        int n = colours.cells();
        double[] least = new double[n];
        Arrays.fill(least, 1e9);
        double[][] path = new double[n][n];
        for (double[] row : path)
            Arrays.fill(row, 1e9);
        colours.forEachTouching((p, q, distance) -> {
            least[p] = Math.min(least[p], distance);
            least[q] = Math.min(least[q], distance);
        });
        double noise = Arrays.stream(least).average().orElseThrow() / 2;
        colours.forEachTouching((p, q, distance) -> path[p][q] = path[q][p] = Math.max(0, distance - noise));
        for (int p = 0; p < n; p++)
            for (int q = 0; q < n; q++)
                if (p == q)
                    path[p][q] = 0;
                else if (colours.isBorder(p) && colours.isBorder(q))
                    path[p][q] = Math.max(0, colours.distance(p, q) - noise);
        for (int k = 0; k < n; k++)
            for (int p = 0; p < n; p++)
                for (int q = 0; q < n; q++)
                    path[p][q] = Math.min(path[p][q], path[p][k] + path[k][q]);

        float[] connectivity = new BoundaryConnectivity(colours).ofCells();
        for (int p = 0; p < n; p++) {
            double area = 0;
            double border = 0;
            for (int q = 0; q < n; q++) {
                double belonging = Math.exp(-path[p][q] * path[p][q] / (2 * 7 * 7));
                area += belonging;
                border += colours.isBorder(q) ? belonging : 0;
            }
            assertEquals(border / Math.sqrt(area), connectivity[p], 0.02);
        }
    }

    /** At the smallest sum every derivative is 0. */
    @Test
    void agreementHasTheSmallestSum() {
        SplittableRandom random = new SplittableRandom(7);
        int n = 40;
        double[] background = random.doubles(n, 0, 5).toArray();
        double[] foreground = random.doubles(n).toArray();
        double[][] links = new double[n][n];
        SmoothAgreement agreement = new SmoothAgreement(background, foreground);
        for (int p = 0; p < n; p++)
            for (int q = p + 1; q < n; q += 3) {
                links[p][q] = links[q][p] = random.nextDouble(3);
                agreement.link(p, q, links[p][q]);
            }
        double[] s = agreement.solve();
        for (int p = 0; p < n; p++) {
            double slope = background[p] * s[p] + foreground[p] * (s[p] - 1);
            for (int q = 0; q < n; q++)
                slope += links[p][q] * (s[p] - s[q]);
            assertEquals(0, slope, 1e-5);
        }
    }

    @Test
    void agreementAboutNothingIsNothing() {
        assertArrayEquals(new double[2], new SmoothAgreement(new double[2], new double[2]).solve());
    }

    private static CellColours randomColours(int rows, int columns, long seed) {
        Tensor rgb = Tensor.zeros(3, rows, columns);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < rgb.length(); i++)
            rgb.data()[i] = 100 + random.nextInt(40) + (i % columns > 4 ? 40 : 0);
        return new CellColours(rgb);
    }
}
