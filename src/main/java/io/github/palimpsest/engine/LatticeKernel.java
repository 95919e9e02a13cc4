package io.github.palimpsest.engine;

/**
 * A Gaussian filter on the permutohedral lattice as plain arrays: splat each pixel to the corners of its simplex, blur
 * with [½, 1, ½] along each direction, slice back with the same weights. Vertices are numbered from 1; number 0 is
 * always 0 and stands for all that are absent.
 *
 * @param vertices their number, without number 0
 * @param corners of a simplex, which is also the number of directions
 * @param vertexOf the corners of each pixel's simplex, {@code corners} for each pixel
 * @param weights of {@code vertexOf}, normalisation included
 * @param neighbours for each direction the vertices before and after vertex v, at 2v and 2v + 1
 * @param factor on what is sliced
 */
public record LatticeKernel(int vertices, int corners, int[] vertexOf, float[] weights, int[][] neighbours,
        float factor) {}
