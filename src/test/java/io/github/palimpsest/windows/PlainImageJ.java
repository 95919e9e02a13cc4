package io.github.palimpsest.windows;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;

/**
 * ImageJ 1.x as a user has it who put our packaged jar into {@code plugins} and the libraries into {@code plugins/jars}:
 * in a process and on a screen of its own, with a home of its own. Nothing of it outlives the test.
 */
final class PlainImageJ implements AutoCloseable {

    private static final Path JAR = Path.of(System.getProperty("palimpsest.jar", "target/Palimpsest_-0.1.0-SNAPSHOT.jar"))
            .toAbsolutePath();
    private static final Path TARGET = JAR.getParent();
    private static final int SECONDS = 120;

    private final Screen screen;
    private final Process process;
    private final Path folder;
    private final Socket line;
    private final ObjectOutputStream requests;
    private final ObjectInputStream answers;

    /** @param screen null for one without windows */
    private PlainImageJ(Screen screen, Path folder, Process process, Socket line) throws IOException, ClassNotFoundException {
        this.screen = screen;
        this.folder = folder;
        this.process = process;
        this.line = line;
        requests = new ObjectOutputStream(line.getOutputStream());
        answers = new ObjectInputStream(line.getInputStream());
        answers.readObject();
    }

    /**
     * Starts it. Where there cannot be a screen, the calling tests are skipped, and say so.
     *
     * @param name of the folder below {@code target/windows} with its home, plugins and console
     */
    static PlainImageJ start(String name) throws Exception {
        return start(name, Screen.WIDTH, Screen.HEIGHT);
    }

    /** The same on a screen of another size. */
    static PlainImageJ start(String name, int width, int height) throws Exception {
        assumeTrue(Screen.missing().isEmpty(), "Windows are not tested: install " + Screen.missing()
                + " (on Debian: apt-get install xvfb openbox).");
        return start(name, Screen.open(width, height));
    }

    /** Starts one as on a cluster, without any screen. */
    static PlainImageJ startHeadless(String name) throws Exception {
        return start(name, null);
    }

    private static PlainImageJ start(String name, Screen screen) throws Exception {
        Path folder = TARGET.resolve("windows").resolve(name);
        Process process = null;
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            clear(folder);
            install(folder.resolve("plugins"));
            copyThisPackage(folder);
            Files.createDirectories(folder.resolve("home"));
            Files.createDirectories(folder.resolve("tmp"));
            door.setSoTimeout(500);
            process = launch(folder, screen, door.getLocalPort());
            Socket line = accept(door, process);
            line.setSoTimeout(SECONDS * 1000);
            return new PlainImageJ(screen, folder, process, line);
        } catch (IOException | ClassNotFoundException e) {
            if (process != null)
                process.destroyForcibly();
            if (screen != null)
                screen.close();
            throw new AssertionError("ImageJ did not start: " + read(folder.resolve("console.txt")), e);
        }
    }

    private static Socket accept(ServerSocket door, Process process) throws IOException {
        for (long end = System.nanoTime() + SECONDS * 1_000_000_000L; process.isAlive() && System.nanoTime() < end;)
            try {
                return door.accept();
            } catch (SocketTimeoutException e) {
                // Still starting.
            }
        throw new IOException("ImageJ does not knock at the door.");
    }

    /** Plays a scene within the usual time. */
    <T> T play(Scene<T> scene) {
        return play(SECONDS, scene);
    }

    /** Plays a scene; if it is not over after some seconds, it fails with what every thread is doing. */
    @SuppressWarnings("unchecked")
    <T> T play(int seconds, Scene<T> scene) {
        Stage.Answer answer;
        try {
            line.setSoTimeout((seconds + 30) * 1000);
            requests.writeObject(new Stage.Request(scene, seconds));
            requests.reset();
            answer = (Stage.Answer) answers.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError("ImageJ does not answer: " + console(), e);
        }
        if (answer.thrown() != null)
            throw new AssertionFailedError(answer.thrown().getMessage(), answer.thrown());
        return (T) answer.value();
    }

    /** What ImageJ and the plugin have written to the terminal. */
    String console() {
        return read(folder.resolve("console.txt"));
    }

    /** The folder of this ImageJ, where tests may leave their files. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        // Breaking the line ends ImageJ; only what hangs needs more.
        line.close();
        if (!process.waitFor(10, TimeUnit.SECONDS))
            process.destroyForcibly().waitFor();
        if (screen != null)
            screen.close();
    }

    private static Process launch(Path folder, Screen screen, int port) throws IOException, URISyntaxException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        List<String> command = new ArrayList<>(List.of(java, "-Xmx1g", "-Djava.awt.headless=" + (screen == null),
                // ImageJ would hand over to another one that it finds by a file there.
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-Dplugins.dir=" + folder, "-Duser.home=" + folder.resolve("home"),
                // A home of its own would have the natives unpacked once more.
                "-Dorg.bytedeco.javacpp.cachedir=" + Path.of(System.getProperty("user.home"), ".javacpp", "cache"),
                "-Dsun.java2d.xrender=false", "-Dawt.useSystemAAFontSettings=on"));
        String screenshots = Files.createDirectories(TARGET.resolve("screenshots")).toString();
        command.addAll(List.of("-cp", folder.resolve("desk") + File.pathSeparator + jarOf(ij.ImageJ.class), Desk.class.getName(),
                Integer.toString(port), Long.toString(screen == null ? 0 : screen.manager()), screenshots, folder.resolve("scenes").toString(), jarOf(Test.class),
                jarOf(JUnitException.class), jarOf(AssertionFailedError.class)));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.txt").toFile());
        builder.environment().remove("DISPLAY");
        if (screen != null)
            builder.environment().put("DISPLAY", screen.display());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    /** The packaged jar, and all libraries but ImageJ itself where ImageJ looks for them. */
    private static void install(Path plugins) throws IOException {
        Path jars = Files.createDirectories(plugins.resolve("jars"));
        Files.createSymbolicLink(plugins.resolve(JAR.getFileName()), JAR);
        try (Stream<Path> libraries = Files.list(TARGET.resolve("lib"))) {
            for (Path library : libraries.toList())
                if (!library.getFileName().toString().startsWith("ij-"))
                    Files.createSymbolicLink(jars.resolve(library.getFileName()), library);
        }
    }

    /** The scenes without the other tests, whose commands would appear in the menu. */
    private static void copyThisPackage(Path folder) throws IOException, URISyntaxException {
        Path all = Path.of(PlainImageJ.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path ours = Path.of(PlainImageJ.class.getPackageName().replace('.', '/'));
        Path desk = Files.createDirectories(folder.resolve("desk").resolve(ours));
        Path scenes = Files.createDirectories(folder.resolve("scenes").resolve(ours));
        try (Stream<Path> files = Files.list(all.resolve(ours))) {
            for (Path file : files.toList())
                Files.copy(file, (file.endsWith("Desk.class") ? desk : scenes).resolve(file.getFileName()));
        }
    }

    private static String jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder))
            return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList())
                Files.delete(file);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
