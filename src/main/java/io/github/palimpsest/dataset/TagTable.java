package io.github.palimpsest.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.palimpsest.task.UserException;

/**
 * {@code tags.csv} or {@code tags.tsv}: a column {@code file} and either a column {@code tags}, joined by {@code ;} or
 * {@code |}, or a column of 0 and 1 for each tag. The images lie in {@code images} or beside the table.
 */
final class TagTable implements FolderFormat {

    private static final List<String> NAMES = List.of("tags.csv", "tags.tsv");
    private static final Set<String> FILE = Set.of("file", "filename", "image");
    private static final Set<String> TAGS = Set.of("tags", "tag", "labels", "label");
    /** Columns that a table of 0 and 1 may have besides its tags. */
    private static final Set<String> NO_TAGS = Set.of("", "index", "comment", "split");

    @Override
    public String name() {
        return "table";
    }

    @Override
    public String description() {
        return "a table of tags (tags.csv)";
    }

    @Override
    public boolean matches(Path root) {
        return NAMES.stream().map(root::resolve).anyMatch(f -> Files.exists(f) && !AnnotationTable.isAnnotations(f));
    }

    @Override
    public void read(Path root, FolderContent content) {
        List<Path> tables = NAMES.stream().map(root::resolve).filter(Files::exists).toList();
        if (tables.isEmpty())
            throw new UserException("There is no tags.csv in " + root + ": add one, or choose another format.");
        if (tables.size() > 1)
            content.warn("There are both tags.csv and tags.tsv in " + root + "; tags.csv was taken.");
        Table table = Table.read(tables.get(0));
        int fileColumn = Table.indexOf(table.columns(), FILE);
        if (fileColumn < 0)
            throw new UserException(table.file() + " has no column named file: its first line must be file,tags or"
                    + " file and one column per tag.");
        int tagsColumn = Table.indexOf(table.columns(), TAGS);
        ImageFiles files = new ImageFiles(root);
        Map<String, Set<String>> before = new HashMap<>();
        for (Table.Row row : table.rows()) {
            String entry = row.cells().get(fileColumn);
            if (entry.isEmpty())
                throw new UserException(table.at(row) + " names no file: fill in the file or remove the line.");
            Set<String> tags = new TreeSet<>();
            for (String tag : tagsColumn >= 0 ? joined(row.cells().get(tagsColumn)) : marked(table, row, fileColumn))
                if (!tag.isBlank())
                    tags.add(content.declare(tag));
            ImageFiles.Found found = files.find(entry, table.at(row));
            if (found.file().isEmpty()) {
                content.skip(found.name(), found.problem());
                continue;
            }
            Set<String> earlier = before.putIfAbsent(found.name(), tags);
            if (earlier != null)
                content.warn(table.at(row) + " names " + entry + " a second time"
                        + (earlier.equals(tags) ? "." : " with other tags; the tags of both lines were taken."));
            content.add(found.name(), found.file().get(), tags);
        }
        if (tagsColumn < 0)
            for (int c = 0; c < table.columns().size(); c++)
                if (c != fileColumn && isTag(table.columns().get(c)))
                    content.declare(table.columns().get(c));
        Leftovers.warn(files, content, table.file().getFileName().toString());
    }

    private static List<String> joined(String cell) {
        return List.of(cell.split("[;|]"));
    }

    private static boolean isTag(String column) {
        return !NO_TAGS.contains(column.toLowerCase(Locale.ROOT));
    }

    private static List<String> marked(Table table, Table.Row row, int fileColumn) {
        List<String> tags = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            String column = table.columns().get(c);
            if (c == fileColumn || !isTag(column))
                continue;
            switch (row.cells().get(c)) {
                case "1" -> tags.add(column);
                case "0", "" -> {}
                default -> throw new UserException(table.at(row) + " has \"" + row.cells().get(c) + "\" in the column "
                        + column
                        + " where 0 or 1 is needed: correct it, or name the column of tags \"tags\".");
            }
        }
        if (table.columns().stream().noneMatch(column -> isTag(column)
                && !FILE.contains(column.toLowerCase(Locale.ROOT))))
            throw new UserException(table.file() + " has no column named tags and no column for a tag: its first line"
                    + " must be file,tags or file and one column per tag.");
        return tags;
    }
}
