package io.github.palimpsest.engine.dl4j;

import org.deeplearning4j.config.DL4JClassLoading;
import org.deeplearning4j.util.CrashReportingUtil;
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

    /** What the JVM, its libraries and other plugins may take beside Java's heap, in bytes. */
    private static final long RESERVE = 2L << 30;

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
        } else if (settings.device() == Device.GPU && !gpu) {
            requireGpu();
            throw new UserException("The engine runs on the CPU already, and cannot move. Start again with the GPU chosen first.");
        } else if (settings.device() == Device.CPU && gpu)
            throw new UserException("The engine runs on the GPU already, and cannot move. Start again with the CPU chosen first.");
    }

    private static void requireGpu() {
        CudaDevice device = CudaDevice.find();
        if (!device.usable())
            throw new UserException("The GPU was asked for, but " + device.problem());
    }

    private static void launch(EngineSettings settings) {
        if (settings.device() == Device.GPU)
            requireGpu();
        boolean useGpu = settings.device() != Device.CPU && CudaDevice.find().usable();
        limitMemory(settings.maxBytes());
        OpenMp.waitPassively();
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
        // Deeplearning4j would write a report into the working folder whenever memory runs out.
        CrashReportingUtil.crashDumpsEnabled(false);
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
     * JavaCPP reads these once, when its first class is loaded; whoever set them before has reasons. Its own account
     * ({@code maxbytes}) does not see ND4J's arrays, nor does {@code setMaxPrimaryMemory} stop them, so that only the process's
     * physical memory can be limited: beyond that JavaCPP collects garbage and then throws an OutOfMemoryError. Java's whole heap
     * and a reserve for everybody's libraries go on top, or we would be stopped for what others take.
     */
    private static void limitMemory(long maxBytes) {
        setIfAbsent("org.bytedeco.javacpp.maxbytes", Long.toString(maxBytes));
        setIfAbsent("org.bytedeco.javacpp.maxphysicalbytes", Long.toString(maxBytes + Runtime.getRuntime().maxMemory() + RESERVE));
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null)
            System.setProperty(property, value);
    }

    static boolean isGpu() {
        return gpu;
    }

    /** Sets the number of OpenMP's threads for calls from this Java thread; {@code Nd4j.getEnvironment()} does not manage to. */
    static void useThreads(int threads) {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    }
}
