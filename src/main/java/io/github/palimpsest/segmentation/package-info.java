/**
 * From training masks to a network that segments: prohibitive segmentation learning (PSL), its loss, its training with
 * checkpoints, the head that tells an image's tags, and what is read from the network's answers. Never reads true
 * masks. May use {@code erasing}, {@code evaluation} (average precision), {@code network}, {@code engine},
 * {@code store}, {@code tensor} and {@code task}.
 */
package io.github.palimpsest.segmentation;
