package io.github.palimpsest.crf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.LatticeKernel;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * A fully connected conditional random field on an image: labels follow the image's edges. Mean field after Krähenbühl
 * and Koltun (2011) with a Gaussian kernel on positions and a bilateral one on positions and channels, Potts
 * compatibility, symmetric normalisation, the pixel's message to itself kept, and the unary term −log P; filters by
 * the permutohedral lattice of Adams, Baek and Davis (2010). Memory is linear in pixels × labels. May be used by
 * several threads at once.
 */
public final class DenseCrf {

    /** A probability of 0 counts as this: its logarithm must be a number. */
    private static final float LEAST = 1e-20f;

    /** Beyond this, single precision does not tell neighbours on the lattice apart. */
    private static final double FARTHEST = 1e5;

    private final CrfSettings settings;
    private final Engine device;

    /** A CRF on the processor, in plain Java. */
    public DenseCrf(CrfSettings settings) {
        this(settings, null);
    }

    private DenseCrf(CrfSettings settings, Engine device) {
        this.settings = settings;
        this.device = device;
    }

    /** A CRF whose mean field runs on the engine's device if that is a GPU, and in plain Java if it is not. */
    public static DenseCrf on(CrfSettings settings, Engine engine) {
        return engine.status().device().equals("CPU") ? new DenseCrf(settings) : through(settings, engine);
    }

    /** A CRF whose mean field runs on the engine whatever its device is. Not for several threads at once. */
    static DenseCrf through(CrfSettings settings, Engine engine) {
        return new DenseCrf(settings, engine);
    }

    /** Whether an engine does the work, which then takes one image at a time. */
    boolean usesDevice() {
        return device != null;
    }

    /** {@link #refine(Tensor, Tensor, int, Progress)} that nobody watches. */
    public Tensor refine(Tensor image, Tensor probabilities, int threads) {
        return refine(image, probabilities, threads, Progress.silent());
    }

    /**
     * Refines probabilities.
     *
     * @param image {@code C×H×W}, any number of channels, 0..255 (or in the unit of the settings' colour)
     * @param probabilities {@code L×H×W}, any number of labels, at least 0; those of a pixel need not sum to 1
     * @param threads at least 1; the result does not depend on it
     * @param progress asked once per iteration
     * @return the marginals {@code L×H×W}, which sum to 1 at each pixel
     * @throws UserException if sizes differ or are too large, or a value is negative, infinite or not a number
     */
    public Tensor refine(Tensor image, Tensor probabilities, int threads, Progress progress) {
        requireShapes(image, probabilities);
        requireColours(image);
        int labels = probabilities.size(0);
        requireProbabilities(probabilities);
        if (labels == 1) {
            Tensor certain = Tensor.zeros(probabilities.shape());
            Arrays.fill(certain.data(), 1);
            return certain;
        }
        try (Threads shared = new Threads(threads)) {
            float[] prior = prior(probabilities, shared);
            List<Kernel> kernels = kernels(image, labels, shared, progress);
            float[] marginals = device == null ? onProcessor(labels, prior, kernels, shared, progress)
                    : onDevice(labels, prior, kernels, progress);
            return Tensor.of(marginals, probabilities.shape());
        }
    }

    private record Kernel(PermutohedralLattice lattice, double weight) {

        LatticeKernel plain() {
            int[][] neighbours = new int[lattice.corners()][];
            Arrays.setAll(neighbours, lattice::neighbours);
            return new LatticeKernel(lattice.vertices(), lattice.corners(), lattice.vertexOf(), lattice.weights(),
                    neighbours, (float) weight * lattice.gain());
        }
    }

    private List<Kernel> kernels(Tensor image, int labels, Threads threads, Progress progress) {
        List<Kernel> kernels = new ArrayList<>();
        if (settings.iterations() == 0)
            return kernels;
        if (settings.smoothnessWeight() > 0)
            add(kernels, KernelFeatures.ofPositions(image.size(2), image.size(1), settings.smoothnessXy()),
                    settings.smoothnessWeight(), labels, threads);
        progress.check();
        if (settings.appearanceWeight() > 0)
            add(kernels, KernelFeatures.ofImage(image, settings.appearanceXy(), settings.appearanceRgb()),
                    settings.appearanceWeight(), labels, threads);
        return kernels;
    }

    private static void add(List<Kernel> kernels, KernelFeatures features, double weight, int labels, Threads threads) {
        int channels = LatticeOctets.CHANNELS;
        if ((long) features.pixels() * Math.max(features.dimension() + 1, channels) > Integer.MAX_VALUE - 8)
            throw tooLarge(features, labels);
        PermutohedralLattice lattice = PermutohedralLattice.of(features, threads);
        if ((lattice.vertices() + 1L) * channels > Integer.MAX_VALUE - 8)
            throw tooLarge(features, labels);
        kernels.add(new Kernel(lattice, weight));
    }

    private float[] onProcessor(int labels, float[] prior, List<Kernel> kernels, Threads threads, Progress progress) {
        MeanField field = new MeanField(labels, prior, threads);
        for (Kernel kernel : kernels)
            field.add(kernel.lattice(), kernel.weight());
        return field.run(settings.iterations(), progress);
    }

    private float[] onDevice(int labels, float[] prior, List<Kernel> kernels, Progress progress) {
        int pixels = prior.length / labels;
        float[] unary = new float[prior.length];
        for (int pixel = 0, i = 0; pixel < pixels; pixel++)
            for (int label = 0; label < labels; label++, i++)
                unary[i] = (float) Math.log(prior[label * pixels + pixel]);
        float[] result = device.meanField(Tensor.of(unary, pixels, labels),
                kernels.stream().map(Kernel::plain).toList(), settings.iterations(), progress::check).data();
        float[] planar = new float[result.length];
        for (int pixel = 0, i = 0; pixel < pixels; pixel++)
            for (int label = 0; label < labels; label++, i++)
                planar[label * pixels + pixel] = result[i];
        return planar;
    }

    private static UserException tooLarge(KernelFeatures features, int labels) {
        return new UserException("An image of " + features.pixels() + " pixels with " + (features.dimension() - 2)
                + " channels and " + labels + " labels is too large for the CRF: make it smaller or cut it into "
                + "tiles.");
    }

    private static void requireShapes(Tensor image, Tensor probabilities) {
        if (image.rank() != 3 || probabilities.rank() != 3 || image.size(0) < 1 || probabilities.size(0) < 1)
            throw new IllegalArgumentException(image + " and " + probabilities + " are not C×H×W and L×H×W");
        if (image.size(1) != probabilities.size(1) || image.size(2) != probabilities.size(2))
            throw new UserException("The image is " + image.size(2) + "×" + image.size(1)
                    + " pixels and the probability maps are " + probabilities.size(2) + "×" + probabilities.size(1)
                    + ": bring them to the same size.");
    }

    private void requireColours(Tensor image) {
        double farthest = FARTHEST * settings.appearanceRgb();
        for (float value : image.data())
            if (!(Math.abs(value) <= farthest))
                throw new UserException("The image has a value of " + value + ", which the CRF cannot use with a "
                        + "colour distance of " + settings.appearanceRgb() + ": bring the image to 0..255.");
    }

    private static void requireProbabilities(Tensor probabilities) {
        for (float p : probabilities.data())
            if (!(p >= 0 && p < Float.POSITIVE_INFINITY))
                throw new UserException("The probability maps have a value of " + p
                        + ", and only numbers from 0 are probabilities: look at what wrote them.");
    }

    /** {@code L×H×W}, the sum of each pixel 1 but for the least. */
    private static float[] prior(Tensor probabilities, Threads threads) {
        int pixels = probabilities.size(1) * probabilities.size(2);
        float[] data = probabilities.data();
        float[] prior = new float[data.length];
        threads.over(pixels, (from, to) -> {
            double[] scale = new double[to - from];
            for (int first = from; first < data.length; first += pixels)
                for (int i = 0; i < scale.length; i++)
                    scale[i] += data[first + i];
            for (int i = 0; i < scale.length; i++) // a float could not be 1 over the least of floats
                scale[i] = scale[i] > 0 ? 1 / scale[i] : 1;
            for (int first = from; first < data.length; first += pixels)
                for (int i = 0; i < scale.length; i++)
                    prior[first + i] = Math.max((float) (data[first + i] * scale[i]), LEAST);
        });
        return prior;
    }
}
