package io.github.palimpsest.architecture.badhouse.erasing;

import org.scijava.Context;

/** Knows SciJava where it must not. */
public class Erasing {

    Context context;
}
