/**
 * {@code float[]} with a shape, its free view as an ImgLib2 image, and the few pixel operations (resizing) that the layers above
 * share. Uses ImgLib2 and nothing of the project but {@code task}.
 */
package io.github.palimpsest.tensor;
