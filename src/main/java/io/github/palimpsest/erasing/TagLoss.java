package io.github.palimpsest.erasing;

/**
 * How wrong the score of one tag is. A classifier's map of scores {@code z} is pooled to its mean; the pooled score is held
 * against whether the image has the tag. <em>Dense negatives</em>: where an image does not have a tag, none of its cells has it,
 * so every cell's own score is held against "absent" as well, which keeps maps sharp.
 */
public enum TagLoss {

    /** Multi-label logistic loss: −log σ(z) where tagged, −log σ(−z) where not. */
    LOGISTIC {
        @Override
        public double pooled(double z, boolean tagged) {
            return softplus(tagged ? -z : z);
        }

        @Override
        public double pooledSlope(double z, boolean tagged) {
            return sigmoid(z) - (tagged ? 1 : 0);
        }

        @Override
        double negativeCell(double z) {
            return softplus(z);
        }

        @Override
        double negativeCellSlope(double z) {
            return sigmoid(z);
        }

        @Override
        double initialBias() {
            return -3;
        }
    },

    /** Squared loss on the tag vector, ½(z − y)², as in Wei et al. 2017; a negative cell costs only where it is above 0. */
    SQUARED {
        @Override
        public double pooled(double z, boolean tagged) {
            double d = pooledSlope(z, tagged);
            return d * d / 2;
        }

        @Override
        public double pooledSlope(double z, boolean tagged) {
            return z - (tagged ? 1 : 0);
        }

        @Override
        double negativeCell(double z) {
            return z > 0 ? z * z / 2 : 0;
        }

        @Override
        double negativeCellSlope(double z) {
            return Math.max(0, z);
        }

        @Override
        double initialBias() {
            return 0;
        }
    };

    /** The loss of a pooled score. */
    public abstract double pooled(double z, boolean tagged);

    /** Its derivative. */
    public abstract double pooledSlope(double z, boolean tagged);

    /** The loss of one cell's score in an image that does not have the tag. */
    abstract double negativeCell(double z);

    /** Its derivative. */
    abstract double negativeCellSlope(double z);

    /** The bias to begin with: tags are rare, so a logistic classifier starts from "absent". */
    abstract double initialBias();

    /** The confidence, 0..1, that a logistic score stands for. */
    public static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private static double softplus(double z) {
        return Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z)));
    }
}
