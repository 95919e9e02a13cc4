/**
 * What can be looked at in a run while it is trained and after: its layers as ImgLib2 images ({@link
 * io.github.palimpsest.view.RunLayers}), and the window, hyperstack and BigDataViewer that show them. Only what shows
 * something needs a screen.
 */
package io.github.palimpsest.view;
