package io.github.palimpsest.engine.dl4j;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * How the native library's OpenMP threads wait for each other. By default they spin, which costs nothing where they have the
 * cores to themselves; where anything else runs, the spinning takes the very time that the work needs, and a training step takes
 * five times as long. Sleeping costs nothing measurable on free cores.
 */
final class OpenMp {

    /** The C library of POSIX systems. */
    private interface C extends Library {
        int setenv(String name, String value, int overwrite);
    }

    private OpenMp() {}

    /** Must be called before the native library is loaded, which is when OpenMP reads its environment. A user's own choice stays. */
    static void waitPassively() {
        if (Platform.isWindows())
            return;
        try {
            Native.load(Platform.C_LIBRARY_NAME, C.class).setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
        } catch (LinkageError e) {
            // Without JNA's own library threads spin: nothing but speed is lost.
        }
    }
}
