package io.github.palimpsest.engine.dl4j;

import java.lang.reflect.Method;

/**
 * The first NVIDIA GPU, looked at through JavaCPP's CUDA presets without starting ND4J, whose own attempt prints a stack trace
 * and cannot be repeated. By reflection, since the presets are only there where somebody installed them.
 *
 * @param usable whether ND4J's CUDA backend will work
 * @param name the GPU's name, or null
 * @param problem the end of a sentence that says why not and what to do, or null
 */
record CudaDevice(boolean usable, String name, String problem) {

    private static final String INSTALL = "Put the jars of the Maven profile \"cuda\" (nd4j-cuda-11.6 and cuda 11.6-8.3 with its "
            + "\"redist\" jars, about 2.4 GB) beside Palimpsest's own; the GPU needs compute capability 3.7 to 8.6, or 8.9.";

    private static CudaDevice unusable(String problem) {
        return new CudaDevice(false, null, problem);
    }

    static CudaDevice find() {
        ClassLoader loader = CudaDevice.class.getClassLoader();
        try {
            Class.forName("org.nd4j.linalg.jcublas.JCublasBackend", false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return unusable("ND4J's CUDA backend is not installed. " + INSTALL);
        }
        try {
            Class<?> cuda = Class.forName("org.bytedeco.cuda.global.cudart", true, loader);
            int[] count = new int[1];
            int error = (int) cuda.getMethod("cudaGetDeviceCount", int[].class).invoke(null, count);
            if (error != 0 || count[0] == 0)
                return unusable("the NVIDIA driver finds no GPU (CUDA error " + error + "). " + INSTALL);
            return examine(cuda);
        } catch (ReflectiveOperationException | LinkageError e) {
            return unusable("CUDA's libraries do not load, so there is no NVIDIA driver or no CUDA 11.6 here. " + INSTALL);
        }
    }

    private static CudaDevice examine(Class<?> cuda) throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.bytedeco.cuda.cudart.cudaDeviceProp", true, cuda.getClassLoader());
        Object properties = type.getConstructor().newInstance();
        cuda.getMethod("cudaGetDeviceProperties", type, int.class).invoke(null, properties, 0);
        int major = (int) type.getMethod("major").invoke(properties);
        int minor = (int) type.getMethod("minor").invoke(properties);
        Method name = type.getMethod("name");
        Object text = name.invoke(properties);
        String gpu = (String) text.getClass().getMethod("getString").invoke(text);
        if (!supports(major, minor))
            return new CudaDevice(false, gpu, "the " + gpu + " has compute capability " + major + "." + minor
                    + ", and ND4J's CUDA backend has code for 3.7 to 8.6 and 8.9 only. Use device=cpu.");
        return new CudaDevice(true, gpu, null);
    }

    /** Kepler (3.7) to Ampere (8.6), and Ada (8.9), which runs Ampere's machine code. Hopper and later would need PTX. */
    static boolean supports(int major, int minor) {
        int capability = 10 * major + minor;
        return capability >= 37 && capability <= 86 || capability == 89;
    }
}
