package io.github.palimpsest.windows;

import java.awt.GraphicsEnvironment;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Plays the scenes that a test sends. It ends the process when the test ends, however that is: the line breaks then. */
final class Stage {

    private Stage() {}

    /** What a test asks for. */
    record Request(Scene<?> scene, int seconds) implements Serializable {}

    /** What came of it. */
    record Answer(Object value, Throwable thrown) implements Serializable {}

    /** Plays until the test ends; called by {@link Desk}, whose loader does not know this class. */
    static void open(int port, long manager, String screenshots) {
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), port)) {
            ObjectOutputStream answers = new ObjectOutputStream(line.getOutputStream());
            ObjectInputStream requests = new ObjectInputStream(line.getInputStream());
            Desktop desktop = new Desktop(Path.of(screenshots));
            if (!GraphicsEnvironment.isHeadless())
                desktop.window("ImageJ");
            answers.writeObject("ready");
            while (true)
                send(answers, answer((Request) requests.readObject(), desktop));
        } catch (EOFException | SocketException e) {
            // The test has ended, and so does everything here.
        } catch (Throwable e) {
            e.printStackTrace();
        } finally {
            ProcessHandle.of(manager).ifPresent(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().halt(0);
        }
    }

    private static Answer answer(Request request, Desktop desktop) throws InterruptedException {
        ExecutorService actor = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "scene");
            thread.setDaemon(true);
            return thread;
        });
        Future<Object> played = actor.submit(() -> request.scene.play(desktop));
        try {
            return new Answer(played.get(request.seconds, TimeUnit.SECONDS), null);
        } catch (ExecutionException e) {
            desktop.screenshot("failed");
            return new Answer(null, new AssertionError(e.getCause() + "\nWindows: " + desktop.titles(), e.getCause()));
        } catch (TimeoutException e) {
            desktop.screenshot("hanging");
            return new Answer(null, new AssertionError("Still at it after " + request.seconds + " s. Windows: "
                    + desktop.titles() + "\n" + threads()));
        } finally {
            actor.shutdownNow();
        }
    }

    private static void send(ObjectOutputStream answers, Answer answer) throws IOException {
        try {
            answers.writeObject(answer);
        } catch (java.io.NotSerializableException e) {
            answers.writeObject(new Answer(null, new AssertionError("Not serialisable: " + answer, e)));
        }
        answers.reset();
    }

    private static String threads() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
            text.append(thread.getKey()).append('\n');
            for (StackTraceElement element : thread.getValue())
                text.append("    ").append(element).append('\n');
        }
        return text.toString();
    }
}
