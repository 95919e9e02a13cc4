package io.github.palimpsest.command;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.io.Opener;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.dataset.ReadSettings;
import io.github.palimpsest.dataset.StackFile;
import io.github.palimpsest.imagej.OpenedFrom;
import io.github.palimpsest.task.UserException;

/** The image that a user means by a text: one that is open, by its title, or else a file. */
final class NamedImage {

    private NamedImage() {}

    /**
     * Finds or opens it; a stack that would fill the memory is opened as a virtual one.
     *
     * @param key for the sentence
     * @throws UserException if there is none, or the file cannot be opened
     */
    static ImagePlus find(String key, String text, File file) {
        ImagePlus open = WindowManager.getImage(text);
        if (open != null)
            return open;
        if (!file.exists())
            throw new UserException(key + "=" + text + " is neither the title of an open image nor a file: correct it."
                    + Nearest.hint(text, titles(), "", ""));
        if (file.isDirectory())
            throw new UserException(key + "=" + text + " is a folder: name one of the images in it.");
        requireWhole(file);
        ImagePlus image = open(file);
        if (image == null)
            throw new UserException("ImageJ cannot open the image " + file + ": it is broken or of a kind that ImageJ "
                    + "does not know. Save it again, such as in the format TIFF.");
        return image;
    }

    /** The file that an image was opened from; empty if it was not, or there is no image. */
    static String file(ImagePlus image) {
        return OpenedFrom.file(image).map(Path::toString).orElse("");
    }

    private static ImagePlus open(File file) {
        // The slices of what would fill the memory are read when they are looked at.
        if (isStack(file) && file.length() > Runtime.getRuntime().maxMemory() / 4)
            return IJ.openVirtual(file.getPath());
        Opener opener = new Opener();
        opener.setSilentMode(true);
        return opener.openImage(file.getPath());
    }

    private static boolean isStack(File file) {
        return StackFile.open(file.toPath(), ReadSettings.DEFAULT) != null;
    }

    /** ImageJ fills up with black what a broken file lacks, and says nothing; kinds that only ImageJ knows go unseen. */
    private static void requireWhole(File file) {
        String name = file.getName().toLowerCase(Locale.ROOT);
        if (name.matches(".*[.](png|jpe?g|bmp|tiff?)") && !isStack(file))
            ImageReader.read(file.toPath());
    }

    private static List<String> titles() {
        int[] all = WindowManager.getIDList();
        if (all == null)
            return List.of();
        return Arrays.stream(all).mapToObj(WindowManager::getImage).filter(Objects::nonNull).map(ImagePlus::getTitle)
                .toList();
    }
}
