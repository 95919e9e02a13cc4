package io.github.palimpsest.dataset.sample;

import static java.lang.StrictMath.PI;
import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.sin;
import static java.lang.StrictMath.sqrt;

import java.util.Random;

/**
 * What lies about on a slide and belongs to no tag: grit, air bubbles, fibres, colourless husks and vivid violet grains of
 * stain, so that neither an edge, nor a large pale thing, nor strong colour as such gives a cell away.
 */
final class Debris {

    private static final double[] GRIT = {.62, .70, .80};
    private static final double[] GLASS = {.55, .52, .48};
    private static final double[] STAIN = {1.05, 1.45, .45};
    private static final double[] HUSK = {.13, .13, .14};
    private static final double[] FIBRE = {.34, .27, .20};

    private final Random random;

    Debris(Random random) {
        this.random = random;
    }

    void scatter(Field field) {
        if (random.nextInt(5) < 2)
            husk(field);
        for (int n = 1 + random.nextInt(3); n > 0; n--)
            bubble(field);
        if (random.nextInt(5) < 2)
            fibre(field);
        for (int n = 1 + random.nextInt(4); n > 0; n--)
            speck(field, between(1.3, 2.5), STAIN, .9);
        for (int n = 3 + random.nextInt(7); n > 0; n--)
            speck(field, between(.7, 2.1), GRIT, between(.4, 1));
    }

    /** A dark ring with a bright middle. */
    private void bubble(Field field) {
        double x = between(4, 124);
        double y = between(4, 124);
        double radius = between(2.4, 6.2);
        if (!field.isFree(x, y, radius))
            return;
        for (int i = 0; i < field.pixels(); i++) {
            double depth = radius - distance(field, i, x, y);
            if (depth < -1)
                continue;
            double ring = exp(-(depth - 1.1) * (depth - 1.1) * 1.3);
            field.absorb(i, depth, 1.2 * ring - .07, GLASS);
        }
    }

    /** The pale grey wall of something that died long ago. */
    private void husk(Field field) {
        double x = between(16, 112);
        double y = between(16, 112);
        double radius = between(8, 14);
        Noise ragged = new Noise(random.nextLong());
        if (!field.isFree(x, y, radius * 1.25))
            return;
        for (int i = 0; i < field.pixels(); i++) {
            if (distance(field, i, x, y) > 1.3 * radius + 1)
                continue;
            double wobble = 1 + .22 * ragged.at(field.x(i) / 9, field.y(i) / 9);
            double depth = radius * wobble - distance(field, i, x, y);
            double wall = exp(-(depth - .8) * (depth - .8) * 1.6);
            field.absorb(i, depth, .35 + 1.6 * wall + .3 * ragged.at(field.x(i) / 2, field.y(i) / 2), HUSK);
        }
    }

    /** A blob with a ragged outline. */
    private void speck(Field field, double radius, double[] colour, double strength) {
        double x = between(3, 125);
        double y = between(3, 125);
        Noise ragged = new Noise(random.nextLong());
        if (!field.isFree(x, y, radius * 1.5))
            return;
        for (int i = 0; i < field.pixels(); i++) {
            double distance = distance(field, i, x, y);
            if (distance < 3 * radius)
                field.absorb(i, radius * (1 + .45 * ragged.at(field.x(i) / 1.5, field.y(i) / 1.5)) - distance,
                        strength, colour);
        }
    }

    /** A thin arc that passes beside whatever is there already. */
    private void fibre(Field field) {
        double x = between(20, 108);
        double y = between(20, 108);
        double angle = between(-PI, PI);
        double bend = between(-.012, .012);
        double half = between(14, 30);
        for (double t = -half; t <= half; t += 2)
            if (!field.isFree(x + t * cos(angle) - bend * t * t * sin(angle),
                    y + t * sin(angle) + bend * t * t * cos(angle), 1.2))
                return;
        double cos = cos(angle);
        double sin = sin(angle);
        for (int i = 0; i < field.pixels(); i++) {
            double along = (field.x(i) - x) * cos + (field.y(i) - y) * sin;
            double across = (field.y(i) - y) * cos - (field.x(i) - x) * sin - bend * along * along;
            double thick = .75 + .2 * sin(along * .5);
            field.absorb(i, Math.min(thick - Math.abs(across), half - Math.abs(along)), 1.4, FIBRE);
        }
    }

    private double between(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    private static double distance(Field field, int pixel, double x, double y) {
        double dx = field.x(pixel) - x;
        double dy = field.y(pixel) - y;
        return sqrt(dx * dx + dy * dy);
    }
}
