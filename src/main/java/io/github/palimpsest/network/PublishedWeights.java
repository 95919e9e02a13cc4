package io.github.palimpsest.network;

/**
 * A weight file that Keras Applications publishes.
 *
 * @param path below Keras' address
 * @param md5 in lower-case hexadecimal digits as Keras publishes it, or empty where it publishes none
 */
record PublishedWeights(String path, String md5) {

    /** The name that it is kept under. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
