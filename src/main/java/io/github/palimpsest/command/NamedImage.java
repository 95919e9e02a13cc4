package io.github.palimpsest.command;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import ij.ImagePlus;
import ij.WindowManager;
import ij.io.Opener;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.dataset.ReadSettings;
import io.github.palimpsest.dataset.StackFile;
import io.github.palimpsest.task.UserException;

/** The image that a user means by a text: one that is open, by its title, or else a file. */
final class NamedImage {

    private NamedImage() {}

    /**
     * Finds or opens it.
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
        Opener opener = new Opener();
        opener.setSilentMode(true);
        ImagePlus image = opener.openImage(file.getPath());
        if (image == null)
            throw new UserException("ImageJ cannot open the image " + file + ": it is broken or of a kind that ImageJ "
                    + "does not know. Save it again, such as in the format TIFF.");
        return image;
    }

    /** ImageJ fills up with black what a broken file lacks, and says nothing; kinds that only ImageJ knows go unseen. */
    private static void requireWhole(File file) {
        String name = file.getName().toLowerCase(Locale.ROOT);
        if (name.matches(".*[.](png|jpe?g|bmp|tiff?)")
                && StackFile.open(file.toPath(), ReadSettings.DEFAULT) == null)
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
