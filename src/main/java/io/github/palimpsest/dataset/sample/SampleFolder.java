package io.github.palimpsest.dataset.sample;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;


import io.github.palimpsest.store.PngFile;
import io.github.palimpsest.store.RunStatus;
import io.github.palimpsest.task.OutputRefusedException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * Draws a folder of tagged micrographs with exact masks: {@code images/}, {@code masks/}, {@code tags.csv}, {@code classes.txt},
 * {@code split.csv} and a {@code README.txt}. Every kind of cell has a small striking part and a large plain one.
 */
public final class SampleFolder {

    /** Enough to learn from, few enough to be quick. */
    public static final int DEFAULT_IMAGES = 160;

    /** Width and height in pixels. */
    public static final int DEFAULT_SIZE = 128;

    private static final String MARK = "Palimpsest sample";

    /**
     * Which kinds are together in a picture, as bits: none, each alone, each two and all three. One round of it has every tag in
     * 5 of 12 pictures, and every tag is oftener without another one than with it.
     */
    private static final int[] COMPANY = {0, 0, 1, 1, 2, 2, 4, 4, 3, 5, 6, 7};

    private SampleFolder() {}

    /**
     * Draws the sample. The same arguments give the same bytes; on a folder that holds this very sample, whole or in part,
     * what is missing is added.
     *
     * @param folder to write to: absent, empty, or this sample
     * @param images how many, 1..9999
     * @param size width and height of each in pixels, 64..1024
     * @param seed of everything random
     * @throws UserException if the folder holds anything else or cannot be written, or a number is out of its range
     */
    public static void write(Path folder, int images, int size, long seed, Progress progress) {
        if (images < 1 || images > 9999)
            throw new UserException("images=" + images + " is out of range: a sample has 1 to 9999 images.");
        if (size < 64 || size > 1024)
            throw new UserException("size=" + size + " is out of range: sample images are 64 to 1024 pixels wide.");
        String about = about(images, size, seed);
        refuseOthersFiles(folder, about);
        put(folder.resolve("README.txt"), bytes(about));
        StringBuilder tags = new StringBuilder("file,tags\n");
        StringBuilder split = new StringBuilder("file,split\n");
        List<Set<Kind>> company = company(images, seed);
        for (int i = 0; i < images; i++) {
            progress.check();
            progress.report((double) i / images, "drawing image " + (i + 1) + " of " + images);
            String name = String.format("field_%04d.png", i + 1);
            Micrograph micrograph = Field.draw(company.get(i), size, Noise.mix(seed) + i);
            put(folder.resolve("images").resolve(name), PngFile.bytes(picture(micrograph)));
            put(folder.resolve("masks").resolve(name), PngFile.bytes(mask(micrograph)));
            tags.append(name).append(',').append(company.get(i).stream().map(Kind::tag)
                    .collect(Collectors.joining(";"))).append('\n');
            split.append(name).append(',').append(i % 4 == 3 ? "val" : "train").append('\n');
        }
        put(folder.resolve("tags.csv"), bytes(tags.toString()));
        put(folder.resolve("split.csv"), bytes(split.toString()));
        put(folder.resolve("classes.txt"), bytes("background\n" + Arrays.stream(Kind.values()).map(Kind::tag)
                .collect(Collectors.joining("\n")) + "\n"));
        progress.report(1, "sample drawn");
    }

    /** Which kinds each picture shows: every dozen has the same mixture in an order of its own. */
    private static List<Set<Kind>> company(int images, long seed) {
        Random random = new Random(Noise.mix(~seed));
        List<Set<Kind>> company = new ArrayList<>();
        while (company.size() < images) {
            List<Set<Kind>> dozen = new ArrayList<>();
            for (int bits : COMPANY) {
                Set<Kind> kinds = EnumSet.noneOf(Kind.class);
                for (Kind kind : Kind.values())
                    if ((bits >> kind.ordinal() & 1) == 1)
                        kinds.add(kind);
                dozen.add(kinds);
            }
            Collections.shuffle(dozen, random);
            company.addAll(dozen);
        }
        return company;
    }

    private static String about(int images, int size, long seed) {
        return MARK + ": " + images + " images of " + size + " x " + size + " pixels, seed " + seed + "\n\n"
                + "Drawn micrographs, not photographs: cells of several kinds among debris, in uneven light.\n"
                + "Each kind has a small vivid organelle and a large pale body. A classifier that is trained on\n"
                + "the tags looks at the organelle; when that is erased, it finds the body.\n\n"
                + "images/      the pictures\n"
                + "tags.csv     which kinds of cell each picture shows; empty where there are none\n"
                + "split.csv    which pictures are for training (train) and which are kept apart (val)\n"
                + "masks/       where the cells really are: the value of a pixel is a line of classes.txt, from 0.\n"
                + "             Training never looks at them; they are for scoring.\n"
                + "classes.txt  the names of those values\n";
    }

    private static void refuseOthersFiles(Path folder, String about) {
        if (!Files.exists(folder))
            return;
        if (!Files.isDirectory(folder))
            throw new UserException(folder + " is a file; name a folder for the sample.");
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.allMatch(RunStatus::isLeftByAttempts))
                return;
            Path readme = folder.resolve("README.txt");
            if (!Files.isRegularFile(readme) || !startsWithMark(readme))
                throw new OutputRefusedException(folder + " is not empty and is not a sample; name a new or empty folder.");
            if (!Arrays.equals(Files.readAllBytes(readme), bytes(about)))
                throw new UserException(folder + " holds a sample made with other settings ("
                        + firstLine(readme) + "); name a new or empty folder.");
        } catch (IOException e) {
            throw new UserException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean startsWithMark(Path readme) throws IOException {
        return firstLine(readme).startsWith(MARK + ": ");
    }

    /** The first line, of a file that may be anything. */
    private static String firstLine(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(200), StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
        }
    }

    /** Writes a file that is not there yet, whole or not at all; one that is there must be the same. */
    private static void put(Path file, byte[] content) {
        try {
            if (Files.exists(file)) {
                if (!Arrays.equals(Files.readAllBytes(file), content))
                    throw new UserException(file + " is not what the sample has there, and is not overwritten; "
                            + "move it away, or name a new folder.");
                return;
            }
            Files.createDirectories(file.getParent());
            // Not createTempFile: nobody but its owner could read what it makes.
            Path beside = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            try {
                Files.write(beside, content);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new UserException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static BufferedImage picture(Micrograph micrograph) {
        int size = micrograph.size();
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, size, size, micrograph.rgb(), 0, size);
        return image;
    }

    private static BufferedImage mask(Micrograph micrograph) {
        int size = micrograph.size();
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, size, size, micrograph.labels());
        return image;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
