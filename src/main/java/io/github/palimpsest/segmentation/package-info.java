/**
 * From a run's mined regions to a segmentation network: prohibitive segmentation learning on training masks, again on its own
 * refined masks, and the model that comes of it. May use what stands alone below it ({@code background}, {@code crf},
 * {@code network}) and the files of {@code erasing}; never sees true masks.
 */
package io.github.palimpsest.segmentation;
