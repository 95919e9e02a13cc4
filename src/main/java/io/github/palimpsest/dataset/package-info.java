/**
 * Images and tags in: the kinds of tagged folder, ImageJ's openers, warnings about what was found, and the drawn
 * sample. May use {@code tensor} and {@code task}.
 */
package io.github.palimpsest.dataset;
