/**
 * What a user can ask for: one SciJava command for each capability, which holds its inputs, texts, defaults, ranges and
 * choices once for every door (menu, macro, ImageJ 1.x, terminal). A command only builds settings and calls the plain
 * API of the layers below, all of which it may use.
 */
package io.github.palimpsest.command;
