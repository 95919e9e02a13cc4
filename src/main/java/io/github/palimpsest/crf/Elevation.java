package io.github.palimpsest.crf;

/**
 * The map from feature space to the hyperplane of the permutohedral lattice: Adams, Baek and Davis, "Fast
 * high-dimensional filtering using the permutohedral lattice", Computer Graphics Forum 29 (2010), section 3. Scaled so
 * that splatting, blurring and slicing together have a standard deviation of 1.
 */
final class Elevation {

    private final int dimension;
    private final float[] scale;

    Elevation(int dimension) {
        this.dimension = dimension;
        scale = new float[dimension];
        double deviation = Math.sqrt(2.0 / 3) * (dimension + 1);
        for (int i = 0; i < dimension; i++)
            scale[i] = (float) (deviation / Math.sqrt((i + 1.0) * (i + 2)));
    }

    /** @param elevated gets {@code d + 1} coordinates whose sum is 0 */
    void apply(float[] feature, float[] elevated) {
        float sum = 0;
        for (int i = dimension; i > 0; i--) {
            float scaled = feature[i - 1] * scale[i - 1];
            elevated[i] = sum - i * scaled;
            sum += scaled;
        }
        elevated[0] = sum;
    }

    /** The least and greatest value of an elevated coordinate when each feature stays in its range. */
    double[] range(int coordinate, float[][] features) {
        double least = 0;
        double greatest = 0;
        for (int i = Math.max(coordinate - 1, 0); i < dimension; i++) {
            double factor = (i == coordinate - 1 ? -coordinate : 1) * (double) scale[i];
            double a = factor * features[i][0];
            double b = factor * features[i][1];
            least += Math.min(a, b);
            greatest += Math.max(a, b);
        }
        return new double[] {least, greatest};
    }
}
