package io.github.palimpsest.dataset.sample;

/** Smooth random texture over the plane: value noise, a random height at every whole point and a smooth way between them. */
record Noise(long seed) {

    /** Height at a point, about -1..1, with features of size 1. */
    double at(double x, double y) {
        double floorX = Math.floor(x);
        double floorY = Math.floor(y);
        long i = (long) floorX;
        long j = (long) floorY;
        double s = smooth(x - floorX);
        double t = smooth(y - floorY);
        double top = height(i, j) * (1 - s) + height(i + 1, j) * s;
        double bottom = height(i, j + 1) * (1 - s) + height(i + 1, j + 1) * s;
        return top * (1 - t) + bottom * t;
    }

    /** Heights of several sizes on top of each other, each half as large and half as high as the one before, about -1..1. */
    double cloud(double x, double y, int octaves) {
        double sum = 0;
        double all = 0;
        double size = 1;
        for (int octave = 0; octave < octaves; octave++) {
            sum += size * at(x / size + 17 * octave, y / size);
            all += size;
            size /= 2;
        }
        return sum / all;
    }

    private double height(long i, long j) {
        return (mix(seed ^ mix(i * 0x9E3779B97F4A7C15L ^ mix(j))) >> 11) * 0x1.0p-52;
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }

    /** Scatters the bits of a number so that neighbours have nothing in common (the finaliser of SplitMix64). */
    static long mix(long z) {
        z = (z + 0x9E3779B97F4A7C15L);
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
