package io.github.palimpsest.background;

/** Parts the pixels of a picture into bright and dark ones. */
interface Split {

    /**
     * @param levels 0..255, row-major
     * @return which pixels are bright; null if nothing tells pixels apart
     */
    boolean[] bright(int[] levels, int height, int width);
}
