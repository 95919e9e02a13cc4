package io.github.palimpsest.dataset;

/** An image's size in pixels, as its header tells it. */
public record ImageSize(int width, int height) {}
