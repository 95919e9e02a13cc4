package io.github.palimpsest.launch;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * How many characters a line of the terminal has; windows change their size while work runs, so it is asked again now
 * and then.
 */
final class TerminalWidth implements IntSupplier {

    private static final int USUAL = 80;
    private static final long FRESH = Duration.ofSeconds(5).toNanos();

    private int columns;
    private long asked;

    /** The terminal's, or null if the output does not go to one that can draw over a line. */
    static TerminalWidth ofTerminal() {
        String kind = System.getenv("TERM");
        boolean drawing = kind == null ? File.separatorChar == '\\' : !kind.equals("dumb");
        return drawing && isTerminal(System.console()) ? new TerminalWidth() : null;
    }

    @Override
    public int getAsInt() {
        long now = System.nanoTime();
        if (columns == 0 || now - asked > FRESH) {
            columns = ask();
            asked = now;
        }
        return columns;
    }

    /** Since Java 22 there may be a console without a terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        if (console == null)
            return false;
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Java cannot tell; every Unix has a program that can. */
    private static int ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (!stty.waitFor(1, TimeUnit.SECONDS))
                stty.destroy();
            int columns = Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
            return columns > 0 ? columns : USUAL;
        } catch (IOException | NumberFormatException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }
}
