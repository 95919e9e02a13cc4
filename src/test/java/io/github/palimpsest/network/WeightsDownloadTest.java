package io.github.palimpsest.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

class WeightsDownloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private byte[] content;
    private PublishedWeights published;
    private Path cache;

    @BeforeEach
    void start() throws Exception {
        content = Files.readAllBytes(KerasWeightsTest.resource("keras2.h5"));
        published = new PublishedWeights("net/net_notop.h5", md5(content));
        cache = folder.resolve("caches").resolve("palimpsest");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        testIsOver.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void fetchesOnceAndKeeps() throws IOException {
        serve(exchange -> send(exchange, 200, content));
        ProgressRecorder recorder = new ProgressRecorder();
        Path file = download(PATIENCE).fetch(published, recorder);
        assertEquals(cache.resolve("net_notop.h5"), file);
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(List.of("Fetching " + base() + "net/net_notop.h5 once; it is kept in " + cache + "."), recorder.said);
        assertEquals(file, download(PATIENCE).fetch(published, Progress.silent()));
        assertEquals(1, requests.get());
        assertOnlyTheWeightsAreLeft();
    }

    @Test
    void aDamagedFileInTheCacheIsFetchedAgain() throws IOException {
        serve(exchange -> send(exchange, 200, content));
        Files.createDirectories(cache);
        for (byte[] damaged : new byte[][] { {}, Arrays.copyOf(content, 100), changed(content) }) {
            Files.write(cache.resolve("net_notop.h5"), damaged);
            ProgressRecorder recorder = new ProgressRecorder();
            assertArrayEquals(content, Files.readAllBytes(download(PATIENCE).fetch(published, recorder)));
            assertTrue(recorder.warned.get(0).endsWith("; it is fetched again."), recorder.warned.toString());
        }
        assertEquals(3, requests.get());
    }

    @Test
    void reportsHowManyMegabytesHaveCome() throws IOException {
        byte[] large = Arrays.copyOf(content, 5_000_000);
        serve(exchange -> {
            exchange.sendResponseHeaders(200, large.length);
            exchange.getResponseBody().write(large, 0, 2_000_000);
            exchange.getResponseBody().flush();
            sleep(500);
            exchange.getResponseBody().write(large, 2_000_000, 3_000_000);
            exchange.close();
        });
        ProgressRecorder recorder = new ProgressRecorder();
        download(PATIENCE).fetch(new PublishedWeights(published.path(), ""), recorder);
        assertTrue(recorder.stages.contains("fetching weights, 2 of 5 MB"), recorder.stages.toString());
        assertTrue(recorder.fractions.stream().allMatch(f -> f >= 0 && f <= 1));
    }

    @Test
    void severalAtOnceAllGetTheWholeFile() throws Exception {
        serve(exchange -> send(exchange, 200, content));
        Callable<Path> fetch = () -> download(PATIENCE).fetch(published, Progress.silent());
        for (Future<Path> file : threads.invokeAll(List.of(fetch, fetch, fetch, fetch)))
            assertArrayEquals(content, Files.readAllBytes(file.get()));
        assertOnlyTheWeightsAreLeft();
    }

    @Test
    void aFileThatIsNotThereGetsASentence() {
        serve(exchange -> send(exchange, 404, "gone".getBytes()));
        assertFailure("the server answered with status 404", download(PATIENCE));
    }

    @Test
    void aBodyShorterThanAnnouncedGetsASentence() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, content.length / 2);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        assertFailure("fixed content-length: " + content.length + ", bytes received: " + content.length / 2,
            download(PATIENCE));
    }

    @Test
    void aBodyCutWithoutNoticeGetsASentence() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0); // chunked: no length is announced
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.close();
        });
        published = new PublishedWeights(published.path(), "");
        assertFailure("what came is cut short: 1000 bytes of " + content.length, download(PATIENCE));
    }

    @Test
    void aWrongChecksumGetsASentence() {
        serve(exchange -> send(exchange, 200, changed(content)));
        assertFailure("what came has not the published MD5 " + published.md5(), download(PATIENCE));
    }

    /** Networks that want a login answer everything with a page of their own, and with status 200. */
    @Test
    void aLoginPageInsteadOfTheWeightsGetsASentence() {
        serve(exchange -> send(exchange, 200, "<html>Please log in.</html>".getBytes()));
        published = new PublishedWeights(published.path(), "");
        assertFailure("what came is not an HDF5 file", download(PATIENCE));
    }

    @Test
    void anUnreachableServerGetsASentence() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + port + "/");
        String sentence = failure(new WeightsDownload(nobody, cache, PATIENCE));
        assertTrue(sentence.startsWith("The weights could not be fetched from " + nobody + "net/net_notop.h5: "), sentence);
        assertOnlyTheWeightsAreLeft();
    }

    @Test
    void aServerThatFallsSilentGetsASentence() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.getResponseBody().flush();
            await();
        });
        assertFailure("nothing has come for 2 s", download(Duration.ofSeconds(1)));
    }

    @Test
    void aFolderThatCannotBeMadeGetsASentence() throws IOException {
        cache = Files.createFile(folder.resolve("occupied")).resolve("palimpsest");
        String sentence = failure(download(PATIENCE));
        assertTrue(sentence.contains("the folder cannot be written to"), sentence);
    }

    @Test
    void stopsWhenTheUserStopsIt() throws IOException {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.getResponseBody().flush();
            await();
        });
        ProgressRecorder recorder = new ProgressRecorder();
        recorder.cancelled = true;
        assertThrows(CancelledException.class, () -> download(PATIENCE).fetch(published, recorder));
        assertOnlyTheWeightsAreLeft();
    }

    @Test
    void keepsToTheAddressesOfKerasApplications() {
        WeightsDownload download = WeightsDownload.fromKeras();
        assertEquals("https://storage.googleapis.com/tensorflow/keras-applications/vgg16/"
            + "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5", url(download, Backbone.VGG16));
        assertEquals("https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/"
            + "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5", url(download, Backbone.MOBILENET_V2));
    }

    private static String url(WeightsDownload download, Backbone backbone) {
        return download.base().resolve(backbone.published().orElseThrow().path()).toString();
    }

    private void assertFailure(String reason, WeightsDownload download) {
        assertEquals("The weights could not be fetched from " + base() + "net/net_notop.h5: " + reason
            + ". Try again later, or fetch that file in another way and put it at " + cache.resolve("net_notop.h5")
            + " or give its path as weights=, or use weights=none.", failure(download));
        assertOnlyTheWeightsAreLeft();
    }

    private String failure(WeightsDownload download) {
        return assertThrows(UserException.class, () -> download.fetch(published, Progress.silent())).getMessage();
    }

    private void assertOnlyTheWeightsAreLeft() {
        try (Stream<Path> left = Files.list(cache)) {
            Set<String> names = left.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
            assertTrue(Set.of("net_notop.h5").containsAll(names), names.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private WeightsDownload download(Duration patience) {
        return new WeightsDownload(base(), cache, patience);
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** How the server answers. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void serve(Answer answer) {
        server.createContext("/net/net_notop.h5", exchange -> {
            requests.incrementAndGet();
            answer.to(exchange);
        });
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void await() {
        try {
            testIsOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length - 1] ^= 1;
        return changed;
    }

    private static String md5(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    }
}
