/**
 * What tells the ground of a picture from what is on it, without learning from masks: background cues of several kinds,
 * the cut below which a cue is believed, its use as a score beside maps of tags, and a criterion that chooses among
 * cues and constants from features alone. May use {@code dataset}, {@code store}, {@code tensor} and {@code task}.
 */
package io.github.palimpsest.background;
