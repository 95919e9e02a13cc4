package io.github.palimpsest.dataset.sample;

import static java.lang.StrictMath.PI;
import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.max;
import static java.lang.StrictMath.min;
import static java.lang.StrictMath.sin;
import static java.lang.StrictMath.sqrt;

import java.util.Random;
import java.util.Set;

/**
 * A bright-field view being drawn: absorbances add up in the light's way through cells and debris, and the lamp, the optics
 * and the camera make a picture of it. Everything random comes from {@link Random}, whose sequence Java specifies, and every
 * function from {@link StrictMath}: the same seed gives the same bytes on every machine.
 */
final class Field {

    /** The width that lengths are given for; a field of another size is the same scene, larger or smaller. */
    private static final double WIDTH = 128;

    private final int size;
    private final double unit;
    private final Random random;
    private final double[][] absorbance;
    private final byte[] labels;
    private final boolean[] organelles;
    private final boolean[] taken;

    private Field(int size, long seed) {
        this.size = size;
        this.unit = size / WIDTH;
        this.random = new Random(seed);
        this.absorbance = new double[3][size * size];
        this.labels = new byte[size * size];
        this.organelles = new boolean[size * size];
        this.taken = new boolean[size * size];
    }

    /** Draws a field with at least one cell of every given kind, none of any other, and debris. */
    static Micrograph draw(Set<Kind> kinds, int size, long seed) {
        Field field = new Field(size, seed);
        for (Kind kind : Kind.values())
            if (kinds.contains(kind))
                field.placeFirst(kind);
        for (Kind kind : Kind.values())
            if (kinds.contains(kind) && field.random.nextInt(5) < 2)
                field.place(kind, .95, 12);
        new Debris(field.random).scatter(field);
        return new Micrograph(size, field.expose(), field.labels, field.organelles);
    }

    /** One cell of a kind must be there: where it is too crowded, it is a smaller one. */
    private void placeFirst(Kind kind) {
        double largest = 1.12;
        while (!place(kind, largest, 60))
            largest *= .94;
    }

    private boolean place(Kind kind, double largest, int attempts) {
        for (int attempt = 0; attempt < attempts; attempt++) {
            double scale = largest * between(.86, 1);
            double margin = 15 * scale;
            Cell cell = new Cell(kind, between(margin, WIDTH - margin), between(margin, WIDTH - margin),
                    between(-PI, PI), scale, between(.85, 1.2), new Noise(random.nextLong()));
            if (fits(cell)) {
                paint(cell);
                return true;
            }
        }
        return false;
    }

    private boolean fits(Cell cell) {
        double room = 3 / cell.scale();
        for (int i = 0; i < taken.length; i++) {
            double px = x(i);
            double py = y(i);
            boolean near = (px - cell.x()) * (px - cell.x()) + (py - cell.y()) * (py - cell.y())
                    < cell.reach() * cell.reach();
            if (!near || cell.kind().body(cell.along(px, py), cell.across(px, py)) < -room)
                continue;
            boolean border = px < 1 || py < 1 || px > WIDTH - 1 || py > WIDTH - 1;
            if (taken[i] || border)
                return false;
        }
        return true;
    }

    private void paint(Cell cell) {
        Kind kind = cell.kind();
        for (int i = 0; i < taken.length; i++) {
            double px = x(i);
            double py = y(i);
            if ((px - cell.x()) * (px - cell.x()) + (py - cell.y()) * (py - cell.y()) > cell.reach() * cell.reach())
                continue;
            double u = cell.along(px, py);
            double v = cell.across(px, py);
            double body = kind.body(u, v) * cell.scale();
            double organelle = kind.organelle(u, v) * cell.scale();
            double inside = coverage(body);
            double striking = coverage(organelle) * inside;
            double texture = kind.texture(u, v, cell.noise()) * cell.depth();
            double shine = 1 + .18 * cell.noise().at(u / 2.5 + 40, v / 2.5) - .3 * exp(-square(organelle - 2.2));
            double wall = .85 * exp(-square((body - .7) / .75));
            double halo = body < 0 ? -.07 * exp(body / 2) : 0;
            double outside = body < 0 ? kind.outside(u, v, -body) : 0;
            for (int c = 0; c < 3; c++) {
                double pale = kind.pale(c) * texture + (.13 + 1.1 * kind.pale(c)) * wall;
                absorbance[c][i] += inside * pale + striking * kind.vivid(c) * shine + halo + outside * (.4 + kind.pale(c));
            }
            if (body > 0) {
                labels[i] = (byte) (kind.ordinal() + 1);
                organelles[i] = organelle > 0;
            }
            if (body > -3.5)
                taken[i] = true;
        }
    }

    /**
     * Lets a small thing that is no cell absorb light, where nothing else is.
     *
     * @param depth distance to its outline, positive inside
     * @param colour absorbance
     */
    void absorb(int pixel, double depth, double strength, double[] colour) {
        double inside = coverage(depth);
        if (inside == 0)
            return;
        taken[pixel] = true;
        for (int c = 0; c < 3; c++)
            absorbance[c][pixel] += inside * strength * colour[c];
    }

    /** Whether a disc is within the field and nothing is in it yet. */
    boolean isFree(double cx, double cy, double radius) {
        for (int i = 0; i < taken.length; i++)
            if (taken[i] && square(x(i) - cx) + square(y(i) - cy) < square(radius + 1.5))
                return false;
        return true;
    }

    /** The number of pixels. */
    int pixels() {
        return taken.length;
    }

    /** A pixel's centre, in pixels of a field 128 wide. */
    double x(int pixel) {
        return (pixel % size + .5) / unit;
    }

    /** A pixel's centre, in pixels of a field 128 wide. */
    double y(int pixel) {
        return (pixel / size + .5) / unit;
    }

    /** Lamp, slide, specimen and camera: what arrives as red, green and blue. */
    private int[] expose() {
        Noise slide = new Noise(random.nextLong());
        double direction = between(-PI, PI);
        double tilt = between(.04, .12);
        double tiltX = tilt * cos(direction);
        double tiltY = tilt * sin(direction);
        double centreX = WIDTH / 2 + between(-14, 14);
        double centreY = WIDTH / 2 + between(-14, 14);
        double lamp = between(.96, 1.03);
        double[] light = {243 * lamp * between(.985, 1.01), 238 * lamp, 226 * lamp * between(.96, 1.03)};
        double[] film = {.045, .040, .050};
        int[] rgb = new int[size * size];
        for (int i = 0; i < rgb.length; i++) {
            double dx = x(i) - centreX;
            double dy = y(i) - centreY;
            double lit = (1 + (tiltX * dx + tiltY * dy) / 64)
                    * (1 - .15 * (dx * dx + dy * dy) / 8192);
            double grain = slide.cloud(x(i) / 26, y(i) / 26, 4) + .5 * slide.at(x(i) / 1.6, y(i) / 1.6 + 300);
            double common = 1.4 * random.nextGaussian();
            int pixel = 0;
            for (int c = 0; c < 3; c++) {
                double arriving = min(253, light[c] * lit * exp(-absorbance[c][i] - film[c] * (1 + 1.1 * grain)));
                double counted = arriving + common + .17 * sqrt(arriving) * random.nextGaussian();
                pixel = pixel << 8 | (int) max(0, min(255, StrictMath.rint(counted)));
            }
            rgb[i] = pixel;
        }
        return rgb;
    }

    /** How much of a pixel is inside an outline at this depth: a soft edge one pixel wide. */
    private double coverage(double depth) {
        return max(0, min(1, depth * unit + .5));
    }

    private double between(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    private static double square(double value) {
        return value * value;
    }
}
