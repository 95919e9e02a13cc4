package io.github.palimpsest.dataset.sample;

/**
 * A drawn picture and what is in it.
 *
 * @param size width and height in pixels
 * @param rgb 0xRRGGBB, row-major
 * @param labels 0 for the background, 1.. for the kind of cell at that pixel in the order of {@link Kind}
 * @param organelles whether the pixel belongs to a cell's small striking part
 */
record Micrograph(int size, int[] rgb, byte[] labels, boolean[] organelles) {}
