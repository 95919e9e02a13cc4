/**
 * Architectures as specs (VGG16, MobileNetV2, a small one), heads, and pretrained weights from Keras' own files.
 * May use {@code engine}, {@code dataset}, {@code store}, {@code tensor} and {@code task}.
 */
package io.github.palimpsest.network;
