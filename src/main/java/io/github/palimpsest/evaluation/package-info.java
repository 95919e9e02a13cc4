/**
 * Scores: how well tags are told apart, and how well pixels are labelled. May use {@code dataset}, {@code store},
 * {@code tensor} and {@code task}. What reads ground-truth masks is in {@code evaluation.masks} and nowhere else, so
 * that it can be proved that training never sees them.
 */
package io.github.palimpsest.evaluation;
