package io.github.palimpsest.engine.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Mean and biased variance of every channel of a batch, and the way of gradients through them (Ioffe & Szegedy 2015), for the
 * CPU: ND4J's variance and {@code batchnorm_bp} take five times as long.
 */
record BatchStatistics(float[] mean, float[] variance) {

    /** The gradients of gamma and beta. */
    record Gradients(float[] gamma, float[] beta) {}

    static BatchStatistics of(INDArray x, Planes planes) {
        int channels = (int) x.size(1);
        double size = x.size(2) * x.size(3);
        double[] means = new double[channels];
        double[] squares = new double[channels];
        int[] seen = new int[channels];
        // Planes' own statistics are joined as they come (Chan, Golub & LeVeque 1979), so that one pass through memory does.
        planes.forEach(x, null, null, (c, values, none, out) -> {
            double mean = Sums.of(values) / size;
            // The shift is rounded to a float, which adds what is taken off again here.
            double rounding = mean - (float) mean;
            double difference = mean - means[c];
            int n = ++seen[c];
            squares[c] += Sums.ofSquares(values, (float) mean) - size * rounding * rounding
                    + difference * difference * size * (n - 1) / n;
            means[c] += difference / n;
        });
        float[] mean = new float[channels];
        float[] variance = new float[channels];
        for (int c = 0; c < channels; c++) {
            mean[c] = (float) means[c];
            variance[c] = (float) (Math.max(0, squares[c]) / (size * x.size(0)));
        }
        return new BatchStatistics(mean, variance);
    }

    /** Sets the gradient at the input, {@code γ/σ · (g − mean(g) − x̂·mean(g·x̂))}. */
    Gradients backward(INDArray x, INDArray outputGradient, INDArray gradient, float[] gamma, double epsilon, Planes planes) {
        int channels = mean.length;
        double count = (double) x.size(0) * x.size(2) * x.size(3);
        double[] sums = new double[channels];
        double[] products = new double[channels];
        planes.forEach(x, outputGradient, null, (c, values, above, none) -> {
            sums[c] += Sums.of(above);
            products[c] += Sums.ofProducts(above, values, mean[c]);
        });
        float[] ofGamma = new float[channels];
        float[] ofBeta = new float[channels];
        float[] slope = new float[channels];
        float[] ofValue = new float[channels];
        float[] constant = new float[channels];
        for (int c = 0; c < channels; c++) {
            double inverse = 1 / Math.sqrt(variance[c] + epsilon);
            ofGamma[c] = (float) (products[c] * inverse);
            ofBeta[c] = (float) sums[c];
            slope[c] = (float) (gamma[c] * inverse);
            ofValue[c] = (float) (-gamma[c] * inverse * inverse * inverse * products[c] / count);
            constant[c] = (float) (-gamma[c] * inverse * sums[c] / count);
        }
        planes.forEach(x, outputGradient, gradient, (c, values, above, below) -> {
            // Local variables, because a loop that might write to the arrays they come from would not vectorise.
            float a = slope[c];
            float b = ofValue[c];
            float shift = mean[c];
            float d = constant[c];
            for (int i = 0; i < below.length; i++)
                below[i] = a * above[i] + (b * (values[i] - shift) + d);
        });
        return new Gradients(ofGamma, ofBeta);
    }
}
