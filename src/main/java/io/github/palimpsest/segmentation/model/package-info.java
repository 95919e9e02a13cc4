/**
 * A trained model as a file, and applying it: to one image, to ImgLib2 images, to folders of any size. Knows nothing of
 * how models are trained. May use {@code crf}, {@code network}, {@code engine}, {@code dataset} and {@code store}.
 */
package io.github.palimpsest.segmentation.model;
