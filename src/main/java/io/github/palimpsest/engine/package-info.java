/**
 * The seam between the method and whatever computes it: a network is a {@link io.github.palimpsest.engine.NetworkSpec} that an
 * {@link io.github.palimpsest.engine.Engine} compiles to a {@link io.github.palimpsest.engine.Network} with three verbs.
 * May use {@code tensor} and {@code task}; knows no engine by name.
 */
package io.github.palimpsest.engine;
