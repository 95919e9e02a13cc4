/** The drawn sample. May use {@code store}, {@code tensor} and {@code task}. */
package io.github.palimpsest.dataset.sample;
