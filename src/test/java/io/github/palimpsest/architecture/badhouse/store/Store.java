package io.github.palimpsest.architecture.badhouse.store;

import io.github.palimpsest.architecture.badhouse.dataset.Dataset;

/** Needs a data set that needs it. */
public class Store {

    Dataset dataset;
}
