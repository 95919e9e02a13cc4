/**
 * The dense conditional random field that lets labels follow the edges of the image: mean field over all pairs of
 * pixels, with Gaussian kernels filtered on the permutohedral lattice. Stands alone: images and probabilities in,
 * marginals out. May use {@code engine}, {@code dataset}, {@code store}, {@code tensor} and {@code task}.
 */
package io.github.palimpsest.crf;
