package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;

/** What {@code mvn package} leaves is what a user needs. */
class PackagedJarIT {

    /** What every Fiji has, by the beginning of the file's name. */
    private static final List<String> IN_FIJI = List.of("ij-", "imglib2-", "scijava-", "parsington-", "gson-", "slf4j-", "logback-",
            "jna-", "commons-csv-", "commons-io-", "commons-codec-", "commons-lang3-", "commons-math3-", "commons-compress-",
            "lz4-java-");

    private final Path jar = Path.of(System.getProperty("palimpsest.jar", "target/Palimpsest_-0.1.0-SNAPSHOT.jar"));

    @TempDir
    Path elsewhere;

    @Test
    void theJarHoldsOurClassesTheIndexAndTheMenuOnly() throws IOException {
        Set<String> names = entries();
        assertTrue(names.contains("plugins.config"), "ImageJ 1.x finds its menu at the root of the jar");
        assertTrue(names.contains("META-INF/json/org.scijava.plugin.Plugin"), "Fiji finds the commands by this index");
        for (String name : names)
            if (name.endsWith(".class") && !name.startsWith("org/nd4j/nativeblas/"))
                assertTrue(name.startsWith("io/github/palimpsest/"), name + " is not ours");
        assertTrue(jar.getFileName().toString().startsWith("Palimpsest_-"), "ImageJ 1.x wants an underscore in the name");
    }

    @Test
    void everyClassNamedInTheMenuIsInTheJar() throws IOException {
        Set<String> names = entries();
        try (JarFile file = new JarFile(jar.toFile())) {
            String menu = new String(file.getInputStream(file.getEntry("plugins.config")).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : menu.split("\n")) {
                if (line.startsWith("#") || line.isBlank())
                    continue;
                String type = line.substring(line.lastIndexOf(", ") + 2).replaceAll("\\(.*", "").strip();
                assertTrue(names.contains(type.replace('.', '/') + ".class"), line);
            }
        }
    }

    /** ImageJ itself does nothing then, and says nothing. */
    @Test
    void withoutTheLibrariesEveryCommandSaysWhichFilesToCopyWhere() throws Exception {
        // Where it lies in target, it finds them beside it.
        URL alone = Files.copy(jar, elsewhere.resolve(jar.getFileName())).toUri().toURL();
        URL imageJ = IJ.class.getProtectionDomain().getCodeSource().getLocation();
        // Where ImageJ has no window of its own, it tells of errors there.
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {alone, imageJ}, ClassLoader.getPlatformClassLoader())) {
            Class<?> bridge = loader.loadClass(LegacyBridge.class.getName());
            bridge.getMethod("run", String.class).invoke(bridge.getConstructor().newInstance(), "segment-image");
            String said = out.toString(StandardCharsets.UTF_8);
            assertTrue(said.contains("A library is missing (") && said.contains("target/lib") && said.contains("plugins/jars"), said);
        } finally {
            System.setOut(before);
        }
    }

    /** Fiji shows a command once only if SciJava's menu and ImageJ's agree in folder and label. */
    @Test
    void fijiShowsEveryCommandOnce() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String index = text(file, "META-INF/json/org.scijava.plugin.Plugin");
            Set<String> scijava = Pattern.compile("\"menuPath\":\"([^\"]+)\"").matcher(index).results().map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> imagej = Pattern.compile("(?m)^([^#,]+), \"([^\"]+)\"").matcher(text(file, "plugins.config")).results()
                    .map(match -> match.group(1) + ">" + match.group(2)).collect(Collectors.toCollection(TreeSet::new));
            assertEquals(scijava, imagej);
            assertFalse(scijava.isEmpty());
        }
    }

    private static String text(JarFile file, String entry) throws IOException {
        return new String(file.getInputStream(file.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void libIsTheClassPathNoMoreAndNoLess() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String classPath = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            Set<String> named = Arrays.stream(classPath.split(" ")).map(name -> name.replace("lib/", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(named, files(jar.resolveSibling("lib")));
        }
    }

    @Test
    void fijiGetsWhatItLacksAndNothingThatItHas() throws IOException {
        Set<String> missing = files(jar.resolveSibling("lib"));
        missing.removeIf(name -> IN_FIJI.stream().anyMatch(name::startsWith));
        assertEquals(missing, files(jar.resolveSibling("fiji").resolve("jars")));
        assertEquals(Set.of(jar.getFileName().toString()), files(jar.resolveSibling("fiji").resolve("plugins")));
    }

    @Test
    void nativesComeOnceOnly() throws IOException {
        for (String library : List.of("nd4j-native-1", "openblas-", "javacpp-")) {
            long natives = files(jar.resolveSibling("lib")).stream()
                    .filter(name -> name.startsWith(library) && name.contains("x86_64")).count();
            assertTrue(natives <= 1, library + " has natives " + natives + " times");
        }
    }

    @Test
    void helpWorksFromAnotherFolder() throws Exception {
        Ended help = run("help");
        assertEquals(0, help.code);
        assertTrue(help.out.contains("train-ae"), help.out);
        assertEquals("", help.err);
        Ended ofCommand = run("help", "train-ae");
        assertTrue(ofCommand.out.contains("images=FOLDER"), ofCommand.out);
    }

    @Test
    void aWrongKeyEndsWithTwoAndASentence() throws Exception {
        Ended ended = run("train-ae", "imges=x", "output=y");
        assertEquals(2, ended.code);
        assertEquals("'train-ae' has no key 'imges'. Did you mean images=? 'help train-ae' lists all keys.\n", ended.err);
        assertEquals("", ended.out);
    }

    @Test
    void workThatFailsEndsWithOneAndASentence() throws Exception {
        Ended ended = run("help", "about=nothing-of-the-kind");
        assertEquals(1, ended.code);
        assertTrue(ended.err.startsWith("There is no command 'nothing-of-the-kind'."), ended.err);
        assertFalse(ended.err.contains("\tat "), "no stack trace for what a user can mend");
    }

    private record Ended(int code, String out, String err) {}

    private Ended run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-jar", jar.toAbsolutePath().toString()));
        command.addAll(List.of(words));
        Path out = elsewhere.resolve("out.txt");
        Path err = elsewhere.resolve("err.txt");
        Process process = new ProcessBuilder(command).directory(elsewhere.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile()).start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        return new Ended(process.exitValue(), lines(out), lines(err));
    }

    private static String lines(Path file) throws IOException {
        return Files.readString(file).replace("\r\n", "\n");
    }

    private Set<String> entries() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
