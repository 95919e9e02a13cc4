package io.github.palimpsest.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * What came of reading an image once, whole.
 *
 * @param image which
 * @param sha256 of the file, as 64 hexadecimal digits; empty if the image cannot be used
 * @param width in pixels, 0 if the image cannot be used
 * @param height in pixels, 0 if the image cannot be used
 * @param mean of red, green and blue, 0..255; zeros if the image cannot be used
 * @param problem a sentence why the image cannot be used; empty if it can
 */
public record ImageCheck(TaggedImage image, String sha256, int width, int height, List<Double> mean, String problem) {

    private static final List<Double> NO_MEAN = List.of(0.0, 0.0, 0.0);

    /** Whether the image can be used. */
    public boolean isUsable() {
        return problem.isEmpty();
    }

    /**
     * Reads every image once. No more images are in memory at a time than there are threads.
     *
     * @return one check for each image, in the same order
     * @throws CancelledException if the user stops it
     */
    public static List<ImageCheck> all(List<TaggedImage> images, ReadSettings settings, int threads,
            Progress progress) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
        List<ImageCheck> checks = new ArrayList<>();
        try {
            List<Future<ImageCheck>> futures = new ArrayList<>();
            for (TaggedImage image : images)
                futures.add(pool.submit(() -> {
                    progress.check();
                    return of(image, settings);
                }));
            for (Future<ImageCheck> future : futures) {
                progress.check();
                checks.add(future.get());
                progress.report((double) checks.size() / images.size(), "checking images");
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancelledException cancelled)
                throw cancelled;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            pool.shutdownNow();
        }
        // Several large images at a time may need memory that one alone does not.
        checks.replaceAll(check -> check.isUsable() || threads <= 1 || !check.problem.startsWith(ImageReader.NO_MEMORY)
                ? check
                : of(check.image, settings));
        return checks;
    }

    static ImageCheck of(TaggedImage image, ReadSettings settings) {
        try {
            Tensor pixels = ImageReader.read(image.file(), settings);
            return new ImageCheck(image, sha256(image.file()), pixels.size(2), pixels.size(1), mean(pixels), "");
        } catch (UserException e) {
            return new ImageCheck(image, "", 0, 0, NO_MEAN, e.getMessage());
        } catch (IOException e) {
            return new ImageCheck(image, "", 0, 0, NO_MEAN, "The image " + image.file()
                    + " cannot be read: check its permissions.");
        }
    }

    private static List<Double> mean(Tensor pixels) {
        int n = pixels.size(1) * pixels.size(2);
        List<Double> mean = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            for (int i = c * n; i < (c + 1) * n; i++)
                sum += pixels.data()[i];
            mean.add(sum / n);
        }
        return List.copyOf(mean);
    }

    static String sha256(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file),
                MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
