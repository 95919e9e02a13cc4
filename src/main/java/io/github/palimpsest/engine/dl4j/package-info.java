/**
 * The engine that ships: Deeplearning4j/ND4J. A {@link io.github.palimpsest.engine.NetworkSpec} becomes a
 * {@code ComputationGraph} without output layers; losses come in as gradients. Everything that has to be known about ND4J, such
 * as how its backend is chosen, how oneDNN is switched on and where its native memory goes, is known here and nowhere else. May
 * use {@code engine}, {@code tensor}, {@code task}, Deeplearning4j and JavaCPP.
 */
package io.github.palimpsest.engine.dl4j;
