package io.github.palimpsest.crf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

import com.sun.management.OperatingSystemMXBean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.palimpsest.tensor.Tensor;

/**
 * What the dense CRF costs against pixels and labels: 10 iterations with the default settings, medians of three runs;
 * from 5 megapixels on one run. Images that do not fit into the heap are left out.
 */
@Tag("benchmark")
class DenseCrfCostTest {

    private static final int RUNS = 3;
    private static final int THREADS = 2;

    /** From here on one run each, which takes long enough to tell. */
    private static final double LARGE = 5;

    /** Bytes of Java's heap for a pixel: both lattices and the image. */
    private static final long BYTES_PER_PIXEL = 200;

    /** For each label: its probabilities, marginals and values on the lattices. */
    private static final long BYTES_PER_LABEL = 16;

    /**
     * What runs took, in seconds.
     *
     * @param wall median time from beginning to end
     * @param cpu median time of all processors, which tells more where others work on the same ones
     */
    private record Cost(double wall, double cpu) {}

    @Test
    void costAgainstPixels() {
        cost(500, 375, 2, 1, RUNS);
        cost(500, 375, 21, 1, RUNS);
        System.out.println("| megapixels | labels | 1 thread, s of CPU | 1 thread, s | 2 threads, s | µs of CPU per pixel |\n"
                + "|---|---|---|---|---|---|");
        for (double megapixels : new double[] { 0.1, 0.2, 0.5, 1, 2, 5, 10 })
            for (int labels : new int[] { 2, 21 })
                pixels(megapixels, labels);
    }

    private static void pixels(double megapixels, int labels) {
        int width = (int) Math.round(Math.sqrt(megapixels * 4e6 / 3));
        int height = width * 3 / 4;
        if (Runtime.getRuntime().maxMemory() < (BYTES_PER_PIXEL + BYTES_PER_LABEL * labels) * width * height) {
            System.out.println("| " + megapixels + " | " + labels + " | needs more memory | | | |");
            return;
        }
        int runs = megapixels < LARGE ? RUNS : 1;
        Cost one = cost(width, height, labels, 1, runs);
        Cost two = cost(width, height, labels, THREADS, runs);
        System.out.printf(Locale.ROOT, "| %s | %d | %.2f | %.2f | %.2f | %.2f |%n", megapixels, labels, one.cpu(),
                one.wall(), two.wall(), one.cpu() * 1e6 / width / height);
    }

    @Test
    void costAgainstLabels() {
        cost(500, 375, 21, 1, RUNS);
        System.out.println("| labels, 500×375 | 1 thread, s of CPU | 1 thread, s | 2 threads, s |\n|---|---|---|---|");
        for (int labels : new int[] { 2, 3, 4, 8, 16, 21, 32, 64 }) {
            Cost one = cost(500, 375, labels, 1, RUNS);
            System.out.printf(Locale.ROOT, "| %d | %.2f | %.2f | %.2f |%n", labels, one.cpu(), one.wall(),
                    cost(500, 375, labels, THREADS, RUNS).wall());
        }
    }

    private static Cost cost(int width, int height, int labels, int threads, int runs) {
        Tensor image = photograph(height, width);
        Tensor guesses = Crfs.guesses(image, labels, 2);
        DenseCrf crf = new DenseCrf(CrfSettings.DEFAULT);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double[] wall = new double[runs];
        double[] cpu = new double[runs];
        if (runs > 1)
            crf.refine(image, guesses, threads);
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            long worked = system.getProcessCpuTime();
            Tensor marginals = crf.refine(image, guesses, threads);
            wall[run] = (System.nanoTime() - start) / 1e9;
            cpu[run] = (system.getProcessCpuTime() - worked) / 1e9;
            assertTrue(marginals.data()[0] >= 0);
        }
        Arrays.sort(wall);
        Arrays.sort(cpu);
        return new Cost(wall[runs / 2], cpu[runs / 2]);
    }

    /** Surfaces of one colour each, shaded, with the noise of a camera. */
    private static Tensor photograph(int height, int width) {
        SplittableRandom random = new SplittableRandom(1);
        Tensor image = Tensor.zeros(3, height, width);
        for (int i = 0; i < image.length(); i++) {
            int x = i % width * 500 / width;
            int y = i / width % height * 375 / height;
            int surface = (x / 60 * 7 + y / 50 * 3 + i / (width * height) * 5) % 11;
            image.data()[i] = (float) Math.rint(30 + 17 * surface + x / 20.0 + 2 * random.nextGaussian());
        }
        return image;
    }
}
