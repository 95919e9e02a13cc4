package io.github.palimpsest.windows;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A screen that nobody sees: an X server of its own on a free display. It ends itself when its last window is gone. */
final class Screen implements AutoCloseable {

    static final int WIDTH = 1280;
    static final int HEIGHT = 800;

    private final Process server;
    private final String display;

    private Screen(Process server, String display) {
        this.server = server;
        this.display = display;
    }

    /** Whether this machine can make one. */
    static boolean isPossible() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(folder -> new File(folder, "Xvfb").canExecute());
    }

    static Screen open() throws IOException {
        Process server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", WIDTH + "x" + HEIGHT + "x24", "-nolisten",
                "tcp", "-terminate").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream()));
            String number = CompletableFuture.supplyAsync(() -> line(out)).get(30, TimeUnit.SECONDS);
            if (number == null)
                throw new IOException("Xvfb ended at once.");
            return new Screen(server, ":" + number.strip());
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            server.destroyForcibly();
            throw new IOException("Xvfb opened no display.", e);
        }
    }

    /** Such as {@code :1}. */
    String display() {
        return display;
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(5, TimeUnit.SECONDS))
                server.destroyForcibly();
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
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
