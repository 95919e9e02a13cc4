package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.Nd4jCpu;

/**
 * Intel's oneDNN, without which convolutions are about eight times slower. Deeplearning4j 1.0.0-M2.1 never uses it by itself, for
 * two reasons, and says nothing:
 * <ol>
 * <li>a system property that switches its helpers off has the wrong default: {@link #enable} sets it;
 * <li>its check asks the class {@code org.nd4j.nativeblas.Nd4jCpu$Environment}, which is no longer there: this project supplies
 * {@link Nd4jCpu one of that name}, which asks the class that took its place.
 * </ol>
 */
final class OneDnn {

    private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

    private OneDnn() {}

    /** Call it before the first network is built. */
    static void enable() {
        System.setProperty(HELPERS_DISABLED, "false");
    }

    /** Whether the running backend was built with oneDNN and Deeplearning4j will use it. */
    static boolean isInUse() {
        return !Boolean.parseBoolean(System.getProperty(HELPERS_DISABLED, "true"))
                && Nd4j.getBackend().buildInfo().contains("ONEDNN")
                && BaseMKLDNNHelper.mklDnnEnabled();
    }
}
