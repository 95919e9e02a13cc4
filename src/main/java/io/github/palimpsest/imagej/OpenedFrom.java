package io.github.palimpsest.imagej;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import ij.ImagePlus;
import ij.io.FileInfo;

/** Where an open image was read from, as ImageJ remembers it. */
public final class OpenedFrom {

    private OpenedFrom() {}

    /** The folder; empty where the image was made, or there is none. */
    public static Optional<Path> folder(ImagePlus image) {
        FileInfo opened = image == null ? null : image.getOriginalFileInfo();
        try {
            return opened == null || opened.directory == null || opened.directory.isEmpty() ? Optional.empty()
                    : Optional.of(Path.of(opened.directory));
        } catch (InvalidPathException e) {
            // It was read from an address on the web, which not every system takes for the name of a folder.
            return Optional.empty();
        }
    }

    /** The file; empty also where there are several, as of an image sequence. */
    public static Optional<Path> file(ImagePlus image) {
        return folder(image).flatMap(folder -> Optional.ofNullable(image.getOriginalFileInfo().fileName)
                .filter(name -> !name.isEmpty()).map(folder::resolve));
    }
}
