package io.github.palimpsest.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.plugin.FolderOpener;
import ij.process.ByteProcessor;

class OpenedFromTest {

    @TempDir
    Path folder;

    @Test
    void anOpenedImageTellsItsFileAndFolder() {
        Path file = save("a.tif");

        ImagePlus opened = IJ.openImage(file.toString());

        assertEquals(Optional.of(file), OpenedFrom.file(opened));
        assertEquals(Optional.of(folder), OpenedFrom.folder(opened));
    }

    @Test
    void anImageSequenceHasAFolderAndNoFile() {
        save("a.tif");
        save("b.tif");

        ImagePlus opened = FolderOpener.open(folder.toString());

        assertEquals(2, opened.getStackSize());
        assertEquals(Optional.empty(), OpenedFrom.file(opened));
        assertEquals(Optional.of(folder), OpenedFrom.folder(opened));
    }

    @Test
    void anImageThatWasMadeHasNeither() {
        ImagePlus made = new ImagePlus("made", new ByteProcessor(2, 2));

        assertEquals(Optional.empty(), OpenedFrom.file(made));
        assertEquals(Optional.empty(), OpenedFrom.folder(made));
        assertEquals(Optional.empty(), OpenedFrom.folder(null));
    }

    private Path save(String name) {
        Path file = folder.resolve(name);
        new FileSaver(new ImagePlus(name, new ByteProcessor(4, 3))).saveAsTiff(file.toString());
        return file;
    }
}
