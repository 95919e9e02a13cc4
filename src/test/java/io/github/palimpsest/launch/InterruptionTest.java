package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C on a real process. */
class InterruptionTest {

    private static final int SIGINT = 2;

    private Process process;
    private BufferedReader lines;

    @BeforeEach
    void startSlowWork() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "signals are sent as on Linux");
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "test-slow", "steps=600").redirectErrorStream(true).start();
        lines = new BufferedReader(new InputStreamReader(process.getInputStream()));
        assertTrue(lines.readLine().contains("step 1 of 600"));
    }

    @AfterEach
    void leaveNothingBehind() {
        if (process != null)
            process.destroyForcibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void theFirstIsAcknowledgedAndEndsTheWorkWithTheStep(String signal) throws Exception {
        assumeListening(signal);
        long sent = System.nanoTime();
        send(signal);
        String answer = lines.readLine();
        while (!answer.startsWith("Stopping"))
            answer = lines.readLine();
        assertTrue(System.nanoTime() - sent < TimeUnit.SECONDS.toNanos(2), "acknowledged within two seconds");
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(130, process.exitValue());
        assertEquals("Stopped. The same command goes on from here.", lines.readLine());
    }

    @Test
    void theSecondEndsTheProcessAtOnce() throws Exception {
        send("TERM");
        while (!lines.readLine().startsWith("Stopping"))
            continue;
        send("TERM");
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(130, process.exitValue());
    }

    /** A process that was started in the background inherits that Ctrl-C is ignored. */
    private void assumeListening(String signal) throws IOException {
        String ignored = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow().split("\\s+")[1];
        boolean ignoresInterrupt = new BigInteger(ignored, 16).testBit(SIGINT - 1);
        assumeFalse(signal.equals("INT") && ignoresInterrupt, "this test was itself started in the background");
    }

    private void send(String signal) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor());
    }
}
