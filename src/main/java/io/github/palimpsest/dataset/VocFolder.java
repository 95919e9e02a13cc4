package io.github.palimpsest.dataset;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.task.UserException;

/**
 * The layout of the PASCAL VOC challenges: {@code ImageSets/Main/TAG_SPLIT.txt} with lines of an image's name and 1
 * (shows the tag), −1 (does not) or 0 (shows it, but hard to see; taken as showing it), and {@code JPEGImages}.
 */
final class VocFolder implements FolderFormat {

    @Override
    public String name() {
        return "voc";
    }

    @Override
    public String description() {
        return "a PASCAL VOC folder (ImageSets/Main and JPEGImages)";
    }

    @Override
    public boolean matches(Path root) {
        return isVoc(root);
    }

    static boolean isVoc(Path root) {
        return Files.isDirectory(sets(root)) && Files.isDirectory(root.resolve("JPEGImages"));
    }

    private static Path sets(Path root) {
        return root.resolve("ImageSets").resolve("Main");
    }

    @Override
    public void read(Path root, FolderContent content) {
        for (Path needed : List.of(sets(root), root.resolve("JPEGImages")))
            if (!Files.isDirectory(needed))
                throw new UserException("There is no folder " + needed
                        + ", which the VOC layout needs: choose the folder that holds ImageSets and JPEGImages, or"
                        + " another format.");
        ImageFiles files = new ImageFiles(root);
        Path folder = root.resolve("JPEGImages");
        Map<String, String> names = new HashMap<>();
        Map<String, Path> images = files.below(folder, content);
        images.keySet().forEach(name -> names.put(name.replaceAll("[.][^.]*$", ""), name));
        List<Path> lists = lists(root);
        if (lists.isEmpty())
            throw new UserException("There is no list of images such as cow_train.txt in " + sets(root)
                    + ": add one for each tag.");
        int hard = 0;
        for (Path list : lists)
            hard += readList(list, images, names, content);
        if (hard > 0)
            content.warn(hard + " lines of the lists in " + sets(root)
                    + " call a tag hard to see (0); it was taken as shown.");
        List<String> left = images.keySet().stream().filter(name -> !content.entries().containsKey(name)).toList();
        if (!left.isEmpty())
            content.warn(left.size() + " images are in no list in " + sets(root)
                    + " and were left out, since nobody says what they show: "
                    + Leftovers.some(left) + ".");
    }

    private static List<Path> lists(Path root) {
        List<Path> lists = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(sets(root), "*_*.txt")) {
            for (Path file : files)
                if (!ImageFiles.isHidden(file.getFileName().toString()))
                    lists.add(file);
        } catch (IOException e) {
            throw new UserException("The folder " + sets(root) + " cannot be listed: check its permissions.", e);
        }
        lists.sort(null);
        return lists;
    }

    /** Returns the number of lines that call the tag hard to see. */
    private static int readList(Path list, Map<String, Path> images, Map<String, String> names, FolderContent content) {
        String stem = list.getFileName().toString().replaceAll("[.]txt$", "");
        String tag = stem.substring(0, stem.lastIndexOf('_')), split = stem.substring(stem.lastIndexOf('_') + 1);
        content.declare(tag);
        int hard = 0, number = 0;
        for (String line : Table.text(list).lines().toList()) {
            number++;
            if (line.isBlank())
                continue;
            String[] words = line.strip().split("\\s+");
            if (words.length != 2 || !List.of("1", "-1", "0").contains(words[1]))
                throw new UserException("Line " + number + " of " + list
                        + " is not an image's name and 1, -1 or 0: correct it.");
            String name = names.get(words[0]);
            if (name == null) {
                content.skip(words[0], "Line " + number + " of " + list + " names " + words[0]
                        + ", which is not in JPEGImages, so it was skipped: add the file or correct the line.");
                continue;
            }
            hard += words[1].equals("0") ? 1 : 0;
            content.add(name, images.get(name), words[1].equals("-1") ? List.of() : List.of(tag)).splits().add(split);
        }
        return hard;
    }
}
