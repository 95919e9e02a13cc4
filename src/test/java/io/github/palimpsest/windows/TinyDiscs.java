package io.github.palimpsest.windows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import javax.imageio.ImageIO;

/**
 * A folder of tagged images that is learnt within seconds: a bright disc on a dark ground, or nothing. With exact masks, and
 * a quarter of it set aside.
 */
final class TinyDiscs {

    private TinyDiscs() {}

    static void write(Path folder, int images, int side) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        Random random = new Random(1);
        StringBuilder tags = new StringBuilder("file,tags\n");
        StringBuilder split = new StringBuilder("file,split\n");
        for (int i = 0; i < images; i++) {
            boolean disc = i % 2 == 0;
            String name = String.format("%02d.png", i);
            draw(folder, name, side, disc, random);
            tags.append(name).append(disc ? ",disc\n" : ",\n");
            split.append(name).append(i < images / 4 ? ",val\n" : ",train\n");
        }
        Files.writeString(folder.resolve("tags.csv"), tags);
        Files.writeString(folder.resolve("split.csv"), split);
        Files.writeString(folder.resolve("masks/classes.txt"), "background\ndisc\n");
    }

    private static void draw(Path folder, String name, int side, boolean disc, Random random) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        BufferedImage mask = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        double x = side * (.4 + .2 * random.nextDouble());
        double y = side * (.4 + .2 * random.nextDouble());
        for (int i = 0; i < side * side; i++) {
            boolean inside = disc && Math.hypot(i % side - x, i / side - y) < .35 * side;
            int noise = random.nextInt(20);
            image.setRGB(i % side, i / side, inside ? 0xC83C5A + noise * 0x10000 : 0x1E1E1E + noise * 0x10101);
            mask.getRaster().setSample(i % side, i / side, 0, inside ? 1 : 0);
        }
        ImageIO.write(image, "png", folder.resolve("images").resolve(name).toFile());
        ImageIO.write(mask, "png", folder.resolve("masks").resolve(name).toFile());
    }
}
