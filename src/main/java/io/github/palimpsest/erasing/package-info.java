/**
 * Adversarial erasing: round after round a classifier is trained on what is left of the images, its class activation maps say
 * what gave each tag away, and that is mined and erased. {@link io.github.palimpsest.erasing.AdversarialErasing} is the way in.
 * May use {@code evaluation} (average precision; never masks), {@code network}, {@code engine}, {@code dataset}, {@code store},
 * {@code tensor} and {@code task}.
 */
package io.github.palimpsest.erasing;
