package io.github.palimpsest.architecture.badhouse.dataset;

import io.github.palimpsest.architecture.badhouse.store.Store;

/** Needs a store that needs it. */
public class Dataset {

    Store store;
}
