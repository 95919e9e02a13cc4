/**
 * From mined regions and maps to the masks that a segmentation is first trained on, one label for every pixel or
 * none. {@link io.github.palimpsest.segmentation.masks.TrainingMasks} is the way in. Nothing here ever reads a true
 * mask. May use {@code erasing}, {@code background}, {@code crf}, {@code dataset}, {@code store}, {@code tensor} and
 * {@code task}.
 */
package io.github.palimpsest.segmentation.masks;
