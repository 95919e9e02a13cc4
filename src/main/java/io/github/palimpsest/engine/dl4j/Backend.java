package io.github.palimpsest.engine.dl4j;

import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.config.DL4JClassLoading;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.EngineSettings.Device;
import io.github.palimpsest.task.UserException;

/** ND4J's one backend in this process: chosen and started once, before anything else of ND4J is touched. */
final class Backend {

    private static final String CPU = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";
    private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";

    private static boolean started;
    private static volatile boolean gpu;

    private Backend() {}

    /**
     * Starts ND4J, or checks that it runs where it should.
     *
     * @throws UserException if the device does not work here, or ND4J runs already on another one
     */
    static synchronized void start(EngineSettings settings) {
        if (!started) {
            launch(settings);
            started = true;
        } else if (settings.device() == Device.GPU && !gpu)
            throw new UserException("The engine runs on the CPU already, and cannot move. Start again with the GPU chosen first."
                    + cudaHint());
        else if (settings.device() == Device.CPU && gpu)
            throw new UserException("The engine runs on the GPU already, and cannot move. Start again with the CPU chosen first.");
    }

    private static String cudaHint() {
        CudaDevice device = CudaDevice.find();
        return device.usable() ? "" : " " + device.problem();
    }

    private static void launch(EngineSettings settings) {
        boolean useGpu = false;
        if (settings.device() != Device.CPU) {
            CudaDevice device = CudaDevice.find();
            if (settings.device() == Device.GPU && !device.usable())
                throw new UserException("The GPU was asked for, but " + device.problem());
            useGpu = device.usable();
        }
        limitMemory(settings.maxBytes());
        OneDnn.enable();
        ClassLoader own = Backend.class.getClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            // In Fiji the context class loader of a command's thread need not know our jars.
            thread.setContextClassLoader(own);
            System.setProperty("org.nd4j.log.initialization", "false");
            ND4JClassLoading.setNd4jClassloader(new BackendClassLoader(own, useGpu ? CUDA : CPU));
            DL4JClassLoading.setDl4jClassloader(own);
            gpu = Nd4j.getBackend().getClass().getName().equals(CUDA);
        } catch (LinkageError | RuntimeException e) {
            throw new UserException("ND4J could not be started on the " + (useGpu ? "GPU" : "CPU")
                    + ". Its native library for this platform is absent or damaged: " + rootMessage(e), e);
        } finally {
            ND4JClassLoading.setNd4jClassloader(own);
            thread.setContextClassLoader(before);
        }
        if (gpu != useGpu)
            throw new UserException("Another plugin has started ND4J on the " + (gpu ? "GPU" : "CPU")
                    + " in this process. Restart Fiji and start Palimpsest first, or choose that device.");
        Nd4j.getEnvironment().setMaxPrimaryMemory(settings.maxBytes());
        // Everything is closed or lies in workspaces; calling for a collection every few seconds only costs time.
        Nd4j.getMemoryManager().togglePeriodicGc(false);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null)
            root = root.getCause();
        return root.toString();
    }

    /**
     * JavaCPP reads these once, when its first class is loaded; whoever set them before has reasons. Its limit on the process's
     * physical memory stays off: that counts Java's heap, mapped jars and every other plugin's memory as well, and it would stop
     * us for what they take.
     */
    private static void limitMemory(long maxBytes) {
        setIfAbsent("org.bytedeco.javacpp.maxbytes", Long.toString(maxBytes));
        setIfAbsent("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null)
            System.setProperty(property, value);
    }

    /** The most native memory that JavaCPP lets us have, in bytes; 0 for no limit. */
    static long maxBytes() {
        return Pointer.maxBytes();
    }

    static boolean isGpu() {
        return gpu;
    }

    /** Sets the number of OpenMP's threads for calls from this Java thread; {@code Nd4j.getEnvironment()} does not manage to. */
    static void useThreads(int threads) {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    }
}
