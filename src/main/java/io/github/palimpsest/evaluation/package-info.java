/**
 * Scores: what was mined or segmented against exact masks. May use {@code dataset}, {@code store}, {@code tensor} and {@code task}.
 */
package io.github.palimpsest.evaluation;
