package io.github.palimpsest.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * Fetches published weights once and keeps them. A file comes into the folder under a temporary name of its own and takes its
 * place in one step when it is whole, so that several processes may fetch the same one.
 *
 * @param base the address that the files' paths are resolved against
 * @param folder where they are kept
 * @param patience how long to wait for a connection, and for the next bytes
 */
record WeightsDownload(URI base, Path folder, Duration patience) {

    private static final double MEGABYTE = 1e6;
    private static final long LOOK_EVERY_MS = 100;

    /** From Keras Applications' own address into the user's cache. */
    static WeightsDownload fromKeras() {
        return new WeightsDownload(URI.create("https://storage.googleapis.com/tensorflow/keras-applications/"),
            CacheFolder.ofUser(), Duration.ofSeconds(30));
    }

    /**
     * The file, fetched if it is not there or no longer what it was.
     *
     * @throws UserException if it cannot be had, saying what to put where
     * @throws io.github.palimpsest.task.CancelledException if the user asked to stop
     */
    Path fetch(PublishedWeights weights, Progress progress) {
        Path file = folder.resolve(weights.fileName());
        if (Files.exists(file)) {
            Optional<String> fault = fault(file, weights);
            if (fault.isEmpty())
                return file;
            progress.warn("The file " + file + " " + fault.get() + "; it is fetched again.");
        }
        progress.say("Fetching " + url(weights) + " once; it is kept in " + folder + ".");
        Path part = null;
        try {
            Files.createDirectories(folder);
            part = Files.createTempFile(folder, weights.fileName(), ".part");
            transfer(weights, part, progress);
            fault(part, weights).ifPresent(fault -> {
                throw failure(weights, "what came " + fault, null);
            });
            moveIntoPlace(part, file);
            return file;
        } catch (IOException e) {
            throw failure(weights, "the folder cannot be written to (" + Hdf5Envelope.reason(e) + ")", e);
        } finally {
            deleteQuietly(part);
        }
    }

    private URI url(PublishedWeights weights) {
        return base.resolve(weights.path());
    }

    private void transfer(PublishedWeights weights, Path part, Progress progress) throws IOException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault()).build();
        HttpRequest request = HttpRequest.newBuilder(url(weights)).timeout(patience).build();
        AtomicLong length = new AtomicLong(-1);
        CompletableFuture<HttpResponse<Path>> response = client.sendAsync(request, header -> {
            if (header.statusCode() != 200)
                return BodySubscribers.replacing(part);
            length.set(header.headers().firstValueAsLong("Content-Length").orElse(-1));
            return BodyHandlers.ofFile(part, StandardOpenOption.WRITE).apply(header);
        });
        try {
            int status = await(response, weights, part, length, progress).statusCode();
            if (status != 200)
                throw failure(weights, "the server answered with status " + status, null);
        } finally {
            response.cancel(true);
        }
    }

    /** Watches the file grow, so that the user can stop it and a connection gone silent ends. */
    private HttpResponse<Path> await(CompletableFuture<HttpResponse<Path>> response, PublishedWeights weights, Path part,
        AtomicLong length, Progress progress) throws IOException {
        long before = 0;
        long lastGrowth = System.nanoTime();
        while (true) {
            try {
                return response.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                progress.check();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure(weights, "it was interrupted", e);
            } catch (ExecutionException e) {
                throw failure(weights, Hdf5Envelope.reason(e.getCause()), e.getCause());
            }
            long size = Files.size(part);
            long whole = length.get();
            if (whole - size > Files.getFileStore(part).getUsableSpace())
                throw failure(weights, "it needs " + megabytes(whole) + " MB and the disk has less", null);
            if (size > before)
                lastGrowth = System.nanoTime();
            else if (System.nanoTime() - lastGrowth > 2 * patience.toNanos())
                throw failure(weights, "nothing has come for " + 2 * patience.toSeconds() + " s", null);
            before = size;
            progress.report(whole > 0 ? Math.min(1, (double) size / whole) : 0, "fetching weights, " + megabytes(size)
                + (whole > 0 ? " of " + megabytes(whole) : "") + " MB");
        }
    }

    /** What is wrong with the file, to follow its name in a sentence. */
    private static Optional<String> fault(Path file, PublishedWeights weights) {
        return Hdf5Envelope.fault(file).or(() -> {
            if (weights.md5().isEmpty() || weights.md5().equals(md5(file)))
                return Optional.empty();
            return Optional.of("has not the published MD5 " + weights.md5());
        });
    }

    private static String md5(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            return "unreadable: " + Hdf5Envelope.reason(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private static void moveIntoPlace(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            // Windows does not replace a file that another process is reading; then that one has just brought it.
            if (!Files.exists(file))
                throw e;
        }
    }

    private static void deleteQuietly(Path part) {
        try {
            if (part != null)
                Files.deleteIfExists(part);
        } catch (IOException e) {
            // A left-over in a cache folder harms nobody, and the true cause is on its way.
        }
    }

    private UserException failure(PublishedWeights weights, String reason, Throwable cause) {
        return new UserException("The weights could not be fetched from " + url(weights) + ": " + reason
            + ". Try again later, or fetch that file in another way and put it at " + folder.resolve(weights.fileName())
            + " or give its path as weights=, or use weights=none.", cause);
    }

    private static long megabytes(long bytes) {
        return Math.round(bytes / MEGABYTE);
    }
}
