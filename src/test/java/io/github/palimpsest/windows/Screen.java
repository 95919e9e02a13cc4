package io.github.palimpsest.windows;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A screen that nobody sees: an X server of its own on a free display, which ends itself when nobody uses it any more, with
 * a window manager, without which windows would have neither frames nor, reliably, the focus.
 */
final class Screen implements AutoCloseable {

    static final int WIDTH = 1280;
    static final int HEIGHT = 800;

    private static final List<String> PROGRAMS = List.of("Xvfb", "openbox");
    private static final int PATIENCE_IN_S = 30;

    private final Process server;
    private final Process manager;
    private final String display;

    private Screen(Process server, Process manager, String display) {
        this.server = server;
        this.manager = manager;
        this.display = display;
    }

    /** What this machine lacks to make one; empty if nothing. */
    static List<String> missing() {
        return PROGRAMS.stream().filter(program -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(folder -> new File(folder, program).canExecute())).toList();
    }

    static Screen open() throws IOException {
        return open(WIDTH, HEIGHT);
    }

    /** One of another size. */
    static Screen open(int width, int height) throws IOException {
        Process server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", width + "x" + height + "x24", "-nolisten",
                "tcp", "-terminate").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Process manager = null;
        try {
            String display = ":" + firstLine(server);
            ProcessBuilder builder = new ProcessBuilder("openbox", "--startup", "echo ready")
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("DISPLAY", display);
            manager = builder.start();
            firstLine(manager);
            return new Screen(server, manager, display);
        } catch (IOException e) {
            end(manager);
            end(server);
            throw e;
        }
    }

    /** Such as {@code :1}. */
    String display() {
        return display;
    }

    /** The process that must end for the server to end itself. */
    long manager() {
        return manager.pid();
    }

    @Override
    public void close() {
        end(manager);
        end(server);
    }

    private static void end(Process process) {
        if (process == null)
            return;
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS))
                process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What a program says when it is ready. */
    private static String firstLine(Process process) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()));
        try {
            String line = CompletableFuture.supplyAsync(() -> line(out)).get(PATIENCE_IN_S, TimeUnit.SECONDS);
            if (line == null)
                throw new IOException(process.info().command().orElse("A program") + " ended at once.");
            return line.strip();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("No screen within " + PATIENCE_IN_S + " s.", e);
        }
    }

    private static String line(BufferedReader reader) {
        try {
            return reader.readLine();
        } catch (IOException e) {
            return null;
        }
    }
}
