package io.github.palimpsest.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.palimpsest.store.RunRecord.ImageRecord;

class RoundsFigureTest {

    @TempDir
    Path temp;

    @Test
    void aFigureGrowsByAColumnPerRoundAndIsTheSameEachTime() throws Exception {
        DrawnRun drawn = DrawnRun.write(temp);
        ImageRecord image = Examples.choose(drawn.record().images(), 1).get(0);
        for (int rounds = 1; rounds <= 4; rounds++)
            RoundsFigure.write(drawn.run(), image.name(), drawn.pixels(image.name()), image.tags().get(0), rounds,
                    temp.resolve(rounds + ".png"));
        BufferedImage one = ImageIO.read(temp.resolve("1.png").toFile());
        BufferedImage three = ImageIO.read(temp.resolve("3.png").toFile());
        assertEquals(one.getHeight(), three.getHeight());
        assertTrue(three.getWidth() > 1.8 * one.getWidth());
        assertArrayEquals(Files.readAllBytes(temp.resolve("3.png")), Files.readAllBytes(temp.resolve("4.png")),
                "the run has three rounds only");
    }

    @Test
    void aRunsOwnFigureShowsItsMergedRoundsOfATypicalImage() throws Exception {
        DrawnRun drawn = DrawnRun.write(temp);
        TellingExample example = TellingExample.of(drawn.run(), drawn.record()).orElseThrow();
        assertEquals(3, example.rounds());
        List<String> asked = new ArrayList<>();
        RoundsFigure.write(drawn.run(), name -> {
            asked.add(name);
            return drawn.pixels(name);
        });
        assertEquals(List.of(example.image()), asked);
        byte[] figure = Files.readAllBytes(drawn.run().figure());
        RoundsFigure.write(drawn.run(), example.image(), drawn.pixels(example.image()), example.tag(), 2,
                temp.resolve("two.png"));
        assertArrayEquals(Files.readAllBytes(temp.resolve("two.png")), figure, "its third round is not merged");
    }

    @Test
    void aRunThatMinedNothingHasNoFigure() throws Exception {
        DrawnRun drawn = DrawnRun.write(temp);
        for (ImageRecord image : drawn.record().images())
            Files.deleteIfExists(drawn.run().regions(image.name()));
        RoundsFigure.write(drawn.run(), drawn::pixels);
        assertTrue(Files.notExists(drawn.run().figure()));
    }
}
