/**
 * The drawn sample: a tagged folder of micrographs with exact masks, made without any download. A picture depends on its seed
 * alone, so that the same command gives the same bytes everywhere. May use {@code task}.
 */
package io.github.palimpsest.dataset.sample;
