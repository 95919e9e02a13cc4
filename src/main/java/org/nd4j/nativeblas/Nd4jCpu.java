package org.nd4j.nativeblas;

/**
 * Deeplearning4j 1.0.0-M2.1 asks a class of this name whether oneDNN is in use, but the class has moved to another package in
 * that same release, so that the answer is always no. This one passes the question on. See {@code OneDnn}.
 */
public final class Nd4jCpu {

    private Nd4jCpu() {}

    /** The two methods that are looked up. */
    public static final class Environment {

        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        /** The only one. */
        public static Environment getInstance() {
            return INSTANCE;
        }

        /** Whether the native library was built with oneDNN and uses it. */
        public boolean isUseMKLDNN() {
            return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
        }
    }
}
