package io.github.palimpsest.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.palimpsest.task.UserException;

/** {@code split.csv}: which image belongs to which split. */
final class Splits {

    static final String FILE = "split.csv";

    private Splits() {}

    /** Writes the splits of {@code split.csv}, if there is one, into what was gathered. */
    static void read(Path root, FolderContent content) {
        Path file = root.resolve(FILE);
        if (!Files.exists(file))
            return;
        Table table = Table.read(file);
        int fileColumn = Table.indexOf(table.columns(), Set.of("file", "filename", "image"));
        int splitColumn = Table.indexOf(table.columns(), Set.of("split"));
        if (fileColumn < 0 || splitColumn < 0)
            throw new UserException(file + " has no column named " + (fileColumn < 0 ? "file" : "split")
                    + ": its first line must be file,split.");
        for (Table.Row row : table.rows()) {
            String name = row.cells().get(fileColumn).replace('\\', '/');
            FolderContent.Entry entry = content.entries().get(name);
            if (entry == null && name.startsWith("images/"))
                entry = content.entries().get(name.substring("images/".length()));
            if (entry == null)
                continue; // the table of tags decides which images there are
            String split = row.cells().get(splitColumn);
            if (!split.isEmpty() && entry.splits().add(split) && entry.splits().size() > 1)
                throw new UserException(table.at(row) + " puts " + name + " into the split " + split
                        + ", but an earlier line puts it into another: keep one of the lines.");
        }
    }

    /**
     * Keeps the images of a split.
     *
     * @throws UserException if there is no such split
     */
    static void select(Path root, String split, FolderContent content) {
        Set<String> known = new TreeSet<>();
        List<String> unassigned = new ArrayList<>();
        content.entries().forEach((name, entry) -> {
            known.addAll(entry.splits());
            if (entry.splits().isEmpty())
                unassigned.add(name);
        });
        if (known.isEmpty())
            throw new UserException("split=" + split + " was asked for, but no image of " + root
                    + " belongs to a split: add a "
                    + FILE + " with the columns file,split, or leave the split empty.");
        if (!known.contains(split))
            throw new UserException("There is no split named " + split + " in " + root + ": choose one of "
                    + String.join(", ", known)
                    + ", or leave it empty for all images.");
        if (!unassigned.isEmpty())
            content.warn("Images that " + FILE + " puts into no split were left out: " + Leftovers.some(unassigned)
                    + ".");
        content.entries().values().removeIf(entry -> !entry.splits().contains(split));
    }
}
