package io.github.palimpsest.command;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.github.palimpsest.task.Program;
import io.github.palimpsest.task.UserException;

/**
 * What to tell a user when a command fails.
 *
 * @param sentence for the user
 * @param trace for whoever mends it; empty if the user can
 * @param log where the trace belongs, or null if the command writes nowhere
 */
public record Failure(String sentence, String trace, Path log) {

    /** What to say about an exception or a lack of memory. */
    public static Failure of(Throwable thrown, CommandDefinition definition, Map<String, String> values) {
        if (thrown instanceof UserException)
            return new Failure(thrown.getMessage(), "", null);
        String output = values.getOrDefault("output", "");
        Path log = output.isEmpty() ? null : new File(output).toPath().resolve("error.log");
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        String about = Program.NAME_AND_VERSION + ", Java " + System.getProperty("java.version") + ", "
                + System.getProperty("os.name") + "\n" + definition.name() + " " + values + "\n\n";
        String sentence = thrown instanceof OutOfMemoryError ? memory(thrown, definition)
                : definition.name() + " failed unexpectedly: " + thrown + ".";
        return new Failure(sentence, about + trace, log);
    }

    /** Writes the trace where it belongs; returns whether it is there now. */
    public boolean writeLog() {
        if (log == null || trace.isEmpty())
            return false;
        try {
            Files.createDirectories(log.getParent());
            Files.writeString(log, trace);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String memory(Throwable thrown, CommandDefinition definition) {
        String message = String.valueOf(thrown.getMessage());
        // JavaCPP, which holds the tensors of the engine, counts in these words; the rest is Java's own heap.
        boolean offHeap = message.contains("totalBytes") || message.contains("hysicalBytes") || message.contains("Physical memory");
        String lower = "";
        for (String key : new String[] {"batch", "crop", "scales", "scale", "cache"})
            if (definition.input(key) != null && !(offHeap && key.equals("cache")))
                lower += (lower.isEmpty() ? "" : ", ") + key + "=";
        String settings = lower.isEmpty() ? "" : ", or lower " + lower;
        if (offHeap && definition.input("memory") != null)
            return "The memory of the compute engine is used up: raise memory= if the machine has more" + settings + ".";
        return "The memory of Java is used up (" + Runtime.getRuntime().maxMemory() / (1 << 20)
                + " MB): give it more (java -Xmx4g -jar ..., in Fiji Edit > Options > Memory & Threads)" + settings + ".";
    }
}
