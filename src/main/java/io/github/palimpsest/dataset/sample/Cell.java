package io.github.palimpsest.dataset.sample;

/**
 * One cell of a field.
 *
 * @param kind of cell
 * @param x of its centre, in pixels of a field 128 wide
 * @param y of its centre
 * @param angle of its long axis, radians
 * @param scale its size relative to its kind's usual one
 * @param depth how strongly its body absorbs, relative to its kind
 * @param noise its texture
 */
record Cell(Kind kind, double x, double y, double angle, double scale, double depth, Noise noise) {

    /** Coordinate along the cell of a point of the field. */
    double along(double px, double py) {
        return ((px - x) * StrictMath.cos(angle) + (py - y) * StrictMath.sin(angle)) / scale;
    }

    /** Coordinate across the cell of a point of the field. */
    double across(double px, double py) {
        return ((py - y) * StrictMath.cos(angle) - (px - x) * StrictMath.sin(angle)) / scale;
    }

    /** How far anything of it is from its centre at most. */
    double reach() {
        return kind.reach() * scale;
    }
}
