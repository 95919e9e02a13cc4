package io.github.palimpsest.crf;

import io.github.palimpsest.task.UserException;

/**
 * The constants of a dense CRF. A kernel of weight 0 is left out.
 *
 * @param iterations of mean field, 0..1000; 0 leaves the probabilities as they are
 * @param smoothnessWeight of the kernel on positions alone, 0..1000
 * @param smoothnessXy its standard deviation in pixels, 0.1..10000
 * @param appearanceWeight of the kernel on positions and channels, 0..1000
 * @param appearanceXy its standard deviation in pixels, 0.1..10000
 * @param appearanceRgb its standard deviation in the unit of the channels, of which 0..255 is expected, 0.1..10000
 */
public record CrfSettings(int iterations, double smoothnessWeight, double smoothnessXy, double appearanceWeight,
        double appearanceXy, double appearanceRgb) {

    /** What DeepLab-LargeFOV used on natural images, with the smoothness of the authors of the CRF. */
    public static final CrfSettings DEFAULT = new CrfSettings(10, 3, 3, 4, 50, 5);

    /** @throws UserException if a value is out of its range, naming it */
    public CrfSettings {
        if (iterations < 0 || iterations > 1000)
            throw new UserException("The CRF's iterations are " + iterations + ": choose 0 to 1000.");
        requireWeight("smoothness weight", smoothnessWeight);
        requireDeviation("smoothness distance", smoothnessXy);
        requireWeight("appearance weight", appearanceWeight);
        requireDeviation("appearance distance", appearanceXy);
        requireDeviation("appearance colour", appearanceRgb);
    }

    private static void requireWeight(String name, double value) {
        if (!(value >= 0 && value <= 1000))
            throw new UserException("The CRF's " + name + " is " + value + ": choose 0 to 1000.");
    }

    private static void requireDeviation(String name, double value) {
        if (!(value >= 0.1 && value <= 10000))
            throw new UserException("The CRF's " + name + " is " + value + ": choose 0.1 to 10000.");
    }
}
