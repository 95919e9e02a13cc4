/**
 * Files out and in again: safetensors, JSON, stacks of maps, and the run folder that holds them; each written beside itself and
 * moved into place. May use {@code tensor} and {@code task}.
 */
package io.github.palimpsest.store;
