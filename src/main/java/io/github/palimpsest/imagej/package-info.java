/**
 * ImageJ's own images: the plain API applied to what is open there, and results as label images with their calibration,
 * regions and tables. Takes and gives {@code ImagePlus}; only {@link io.github.palimpsest.imagej.Display} opens windows.
 * May use everything below the commands.
 */
package io.github.palimpsest.imagej;
