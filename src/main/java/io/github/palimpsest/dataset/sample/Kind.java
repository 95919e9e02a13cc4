package io.github.palimpsest.dataset.sample;

import static java.lang.StrictMath.abs;
import static java.lang.StrictMath.atan2;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.max;
import static java.lang.StrictMath.min;
import static java.lang.StrictMath.sin;
import static java.lang.StrictMath.sqrt;

/**
 * A kind of cell: a large pale body of a shape, colour and texture of its own, and in it a small organelle of a vivid colour. A
 * classifier needs the organelle only; when that is erased, the body still tells.
 * <p>
 * Lengths are pixels of a field 128 wide; {@code u} runs along the cell, {@code v} across, from its centre. Depths are distances
 * to the outline, positive inside. Absorbances are for red, green and blue: light passes as {@code exp(-absorbance)}.
 */
enum Kind {

    /** A pale rose slipper, striped lengthwise and fringed with cilia; its macronucleus is crimson. */
    CILIATE(25, new double[] {.035, .130, .070}, new double[] {.32, 1.75, .95}) {
        @Override
        double body(double u, double v) {
            return ellipse(u, bent(u, v), 24, 10.5 * (1 + .006 * u));
        }

        @Override
        double organelle(double u, double v) {
            return ellipse(u + 2, v + 1.4 - .035 * (u + 2) * (u + 2), 6.6, 3.9);
        }

        @Override
        double texture(double u, double v, Noise noise) {
            double stripe = sin(bent(u, v) * 2.3 / sqrt(max(.2, 1 - u * u / 700)));
            double vacuole = max(0, 1 - ((u - 14) * (u - 14) + v * v) / 9);
            return 1 + .42 * stripe + .25 * noise.at(u / 3, v / 3) - .8 * vacuole;
        }

        @Override
        double outside(double u, double v, double distance) {
            double hair = max(0, sin(atan2(v * 2.3, u) * 46 + .4 * u));
            return .30 * hair * min(1, max(0, 2.6 - distance));
        }

        private double bent(double u, double v) {
            return v - .0045 * u * u + 1;
        }
    },

    /** A pale green disc with a grainy inside and two flagella; its pyrenoid is emerald. */
    ALGA(17, new double[] {.130, .030, .115}, new double[] {1.75, .42, 1.15}) {
        @Override
        double body(double u, double v) {
            return ellipse(u, v, 15.5, 14.3);
        }

        @Override
        double organelle(double u, double v) {
            return max(ellipse(u + 5.2, v, 4.9, 4.9), ellipse(u + 3.5, abs(v) - 4, 3, 2.6));
        }

        @Override
        double texture(double u, double v, Noise noise) {
            return 1 + 1.1 * max(-.5, noise.at(u / 1.7, v / 1.7)) + .35 * noise.at(u / 5, v / 5);
        }

        @Override
        double outside(double u, double v, double distance) {
            if (u < 14 || u > 25)
                return 0;
            double t = u - 14;
            double line = abs(abs(v) - 1.5 - .55 * t - .9 * sin(t * .7));
            return .34 * exp(-line * line * 2.2) * min(1, (25 - u) / 4);
        }
    },

    /** A pale amber lens with fine lines across it and one along; its two oil drops are orange. */
    DIATOM(24, new double[] {.020, .070, .205}, new double[] {.10, .72, 2.3}) {
        @Override
        double body(double u, double v) {
            double radius = (24 * 24 + 9 * 9) / 18.0;
            double away = radius - 9;
            return radius - sqrt(u * u + (abs(v) + away) * (abs(v) + away));
        }

        @Override
        double organelle(double u, double v) {
            return ellipse(abs(u) - 4.3, v, 3.1, 3.4);
        }

        @Override
        double texture(double u, double v, Noise noise) {
            double across = sin(u * 1.9);
            double along = exp(-v * v * 1.4);
            return 1 + .55 * across * (1 - along) + .9 * along + .2 * noise.at(u / 4, v / 4);
        }

        @Override
        double outside(double u, double v, double distance) {
            return 0;
        }
    };

    private final double reach;
    private final double[] pale;
    private final double[] vivid;

    Kind(double reach, double[] pale, double[] vivid) {
        this.reach = reach;
        this.pale = pale;
        this.vivid = vivid;
    }

    /** The tag that pictures with such a cell get. */
    String tag() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** How far anything of it is from its centre at most, without the halo around it. */
    double reach() {
        return reach + 9;
    }

    /** The body's absorbance. */
    double pale(int channel) {
        return pale[channel];
    }

    /** What the organelle adds to the body's absorbance. */
    double vivid(int channel) {
        return vivid[channel];
    }

    /** Depth in the body. */
    abstract double body(double u, double v);

    /** Depth in the organelle. */
    abstract double organelle(double u, double v);

    /** The body's absorbance relative to its mean. */
    abstract double texture(double u, double v, Noise noise);

    /** Absorbance of what sticks out of the body and does not count as the cell: cilia, flagella. */
    abstract double outside(double u, double v, double distance);

    /** Depth in an ellipse, to first order: the implicit function over the length of its gradient. */
    private static double ellipse(double u, double v, double a, double b) {
        double g = sqrt(u * u / (a * a) + v * v / (b * b));
        if (g < 1e-6)
            return min(a, b);
        double gu = u / (a * a * g);
        double gv = v / (b * b * g);
        return (1 - g) / sqrt(gu * gu + gv * gv);
    }
}
