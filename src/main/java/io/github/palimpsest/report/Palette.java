package io.github.palimpsest.report;

import java.util.List;

/**
 * Colours with a meaning that is the same in every figure: rounds, and heat. The rounds have the colours of Okabe and Ito's set
 * for all kinds of colour vision; heat is a ramp of evenly rising lightness in OKLab (Björn Ottosson, 2020).
 */
public final class Palette {

    private static final List<Integer> ROUNDS = List.of(0xD55E00, 0x0072B2, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9);

    private static final int[] HEAT = new int[256];

    static {
        for (int i = 0; i < HEAT.length; i++)
            HEAT[i] = heatColour(i / 255.0);
    }

    private Palette() {}

    /** A round's colour, 0xRRGGBB; after the sixth they come again. */
    public static int round(int round) {
        return ROUNDS.get(Math.floorMod(round - 1, ROUNDS.size()));
    }

    /** From almost black through violet, red and orange to pale yellow, 0xRRGGBB; heat 0..1. */
    public static int heat(double heat) {
        return HEAT[(int) StrictMath.round(255 * Math.max(0, Math.min(1, heat)))];
    }

    /** As CSS wants it. */
    static String css(int rgb) {
        return String.format("#%06x", rgb & 0xFFFFFF);
    }

    /** A share of one colour over the rest of another. */
    public static int mix(int over, double share, int under) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double value = share * (over >> shift & 255) + (1 - share) * (under >> shift & 255);
            mixed |= (int) StrictMath.round(value) << shift;
        }
        return mixed;
    }

    /** The grey of a colour's luma. */
    public static int grey(int rgb) {
        double luma = .299 * (rgb >> 16 & 255) + .587 * (rgb >> 8 & 255) + .114 * (rgb & 255);
        return (int) StrictMath.round(luma) * 0x010101;
    }

    private static int heatColour(double t) {
        double lightness = .15 + .81 * t;
        double hue = StrictMath.toRadians(285 + 178 * t);
        double chroma = .05 + .17 * StrictMath.sin(StrictMath.PI * t);
        double[] linear = linear(lightness, chroma, hue);
        while (!isShowable(linear) && chroma > 0) {
            chroma -= .002;
            linear = linear(lightness, chroma, hue);
        }
        int rgb = 0;
        for (double value : linear)
            rgb = rgb << 8 | (int) StrictMath.round(255 * gamma(Math.max(0, Math.min(1, value))));
        return rgb;
    }

    private static double[] linear(double lightness, double chroma, double hue) {
        double a = chroma * StrictMath.cos(hue);
        double b = chroma * StrictMath.sin(hue);
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new double[] {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
    }

    private static boolean isShowable(double[] linear) {
        for (double value : linear)
            if (value < 0 || value > 1)
                return false;
        return true;
    }

    private static double gamma(double linear) {
        return linear <= .0031308 ? 12.92 * linear : 1.055 * StrictMath.pow(linear, 1 / 2.4) - .055;
    }

    private static double cube(double value) {
        return value * value * value;
    }
}
