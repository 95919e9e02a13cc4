package io.github.palimpsest.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.io.FileSaver;

import io.github.palimpsest.dataset.OpenImage;
import io.github.palimpsest.dataset.ReadSettings;
import io.github.palimpsest.imagej.WavyImages;
import io.github.palimpsest.segmentation.model.SmallModel;

/** {@code Segment Image...} in an ImageJ 1.x with windows: what needs a screen, so the ROI Manager and the legend. */
class SegmentImageWindowIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path jar = Path.of(System.getProperty("palimpsest.jar", "target/Palimpsest_-0.1.0-SNAPSHOT.jar"))
            .toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void regionsAndRowsComeBelowThoseThatAreThere() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> new File(place, "Xvfb").canExecute()), "there is no Xvfb");
        SmallModel.telling(new OpenImage(WavyImages.single(8), ReadSettings.DEFAULT).read(0))
                .write(folder.resolve("model.palimpsest"));
        new FileSaver(WavyImages.stack(8, 1, 2, 1)).saveAsTiffStack(folder.resolve("stack.tif").toString());
        String command = "run('Segment Image...', 'model=[" + folder.resolve("model.palimpsest")
                + "] device=cpu threads=1 memory=4096 refine=off');\n";
        List<String> said = macro("open('" + folder.resolve("stack.tif") + "'); id = getImageID();\n"
                + "makeRectangle(3, 4, 5, 6); run('Measure'); roiManager('add'); run('Select None');\n"
                + command
                + "say(getTitle() + ' of ' + nSlices + ' slices among ' + nImages);\n"
                + "say('' + isOpen('Legend: disc, ring') + ' ' + isOpen('Results') + ' ' + nResults);\n"
                + "for (i = 1; i < roiManager('count'); i++) say(call('ij.plugin.frame.RoiManager.getName', i));\n"
                + "selectImage(id); roiManager('select', 3); say('slice ' + getSliceNumber());\n"
                + "getStatistics(area, mean);\n"
                + "same = abs(area - getResult('Area', 3)) + abs(mean - getResult('Mean', 3)) < 0.01;\n"
                + "say('' + same);\n"
                + "selectImage(id); run('Select None'); setBatchMode(true);\n"
                + command
                + "say(getTitle() + ' among ' + nImages + ', ' + roiManager('count') + ' regions, ' + nResults + ' rows');\n");
        assertEquals(List.of("stack-labels of 2 slices among 3", "1 1 5", "disc-0001", "ring-0001", "disc-0002", "ring-0002",
                "slice 2", "1", "stack-labels among 4, 9 regions, 9 rows"), said);
    }

    /** The lines that a macro says, in an ImageJ and on a screen of its own. */
    private List<String> macro(String text) throws Exception {
        Path said = folder.resolve("said.txt");
        Path file = folder.resolve("macro.ijm");
        Files.writeString(file, text + "say('end');\nfunction say(line) { File.append(line, '" + said + "'); }\n");
        Path plugins = Files.createDirectories(folder.resolve("ImageJ/plugins"));
        Files.copy(jar, plugins.resolve(jar.getFileName()));
        Path libraries = jar.resolveSibling("lib");
        Path link = Files.createSymbolicLink(plugins.resolve("jars"), libraries);
        Path imagej;
        try (Stream<Path> files = Files.list(libraries)) {
            imagej = files.filter(name -> name.getFileName().toString().startsWith("ij-")).findFirst().orElseThrow();
        }
        Process screen = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Process process = null;
        try {
            String display = ":" + new BufferedReader(new InputStreamReader(screen.getInputStream())).readLine();
            Path console = folder.resolve("console.txt");
            ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx1g",
                    "-Duser.home=" + folder, "-cp", imagej.toString(), "ij.ImageJ", "-ijpath",
                    folder.resolve("ImageJ").toString(), "-macro", file.toString()).redirectErrorStream(true)
                    .redirectOutput(console.toFile());
            builder.environment().put("DISPLAY", display);
            process = builder.start();
            return lines(said, process, console);
        } finally {
            if (process != null)
                process.destroyForcibly().waitFor();
            screen.destroy();
            Files.delete(link);
        }
    }

    private static List<String> lines(Path said, Process process, Path console) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            List<String> lines = Files.exists(said) ? Files.readAllLines(said) : List.of();
            if (lines.contains("end"))
                return lines.subList(0, lines.size() - 1);
            Thread.sleep(200);
        }
        String output = Files.readString(console);
        return fail("The macro did not end. It said " + (Files.exists(said) ? Files.readString(said) : "nothing")
                + ", and the console: " + output);
    }
}
