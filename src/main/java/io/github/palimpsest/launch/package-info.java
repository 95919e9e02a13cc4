/**
 * Doors that SciJava does not bring: the terminal ({@link io.github.palimpsest.launch.Main}) and vanilla ImageJ 1.x
 * ({@link io.github.palimpsest.launch.LegacyBridge}). They read the definitions of {@code command} and run them; they
 * may use {@code command} and {@code task}.
 */
package io.github.palimpsest.launch;
