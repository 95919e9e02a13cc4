package io.github.palimpsest.dataset;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import ij.measure.ResultsTable;

import io.github.palimpsest.task.UserException;

/**
 * A table of Fiji's Qualitative Annotations plugins, under any name: {@code Folder}, {@code Image}, perhaps {@code
 * Slice}, and then one column {@code Category}, or columns of 0 and 1, each a tag, or columns of choices, where {@code
 * Bent} under {@code Tail} gives the tag {@code Tail=Bent}. An image has the tags of all its rows. If the folder that a
 * row names is not on this machine, the image is looked for beside the table, also in a subfolder of the same name.
 */
final class AnnotationTable implements FolderFormat {

    private static final Set<String> FOLDER = Set.of("folder"), IMAGE = Set.of("image"), SLICE = Set.of("slice");
    private static final Set<String> CATEGORY = Set.of("category");
    private static final Set<String> NO_TAGS = noTags();

    /**
     * What the plugins and ImageJ's <i>Measure</i> write besides tags. Upper and lower case count: {@code Round} is a
     * measurement, {@code round} may well be a tag.
     */
    private static Set<String> noTags() {
        Set<String> names = new HashSet<>(Set.of("", "Folder", "Image", "Slice", "Index", "Comment", "Roi", "Label",
                "Length"));
        for (int i = 0; i <= ResultsTable.LAST_HEADING; i++)
            names.add(ResultsTable.getDefaultHeading(i));
        return names;
    }

    @Override
    public String name() {
        return "annotations";
    }

    @Override
    public String description() {
        return "a table of Fiji's Qualitative Annotations plugins";
    }

    /** Whether a table's first line is one that the plugins write. */
    static boolean isAnnotations(Path file) {
        List<String> columns = Table.columnsOf(file);
        return Table.indexOf(columns, FOLDER) >= 0 && Table.indexOf(columns, IMAGE) >= 0;
    }

    @Override
    public boolean matches(Path root) {
        return !tables(root).isEmpty();
    }

    private static List<Path> tables(Path root) {
        List<Path> tables = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root, "*.{csv,CSV,tsv}")) {
            for (Path file : files)
                if (!ImageFiles.isHidden(file.getFileName().toString()) && isAnnotations(file))
                    tables.add(file);
        } catch (IOException e) {
            return List.of();
        }
        tables.sort(null);
        return tables;
    }

    @Override
    public void read(Path root, FolderContent content) {
        List<Path> tables = tables(root);
        if (tables.isEmpty())
            throw new UserException("There is no table of annotations in " + root
                    + ": save the plugin's table there as CSV; its first line must have the columns Folder and Image.");
        if (tables.size() > 1)
            throw new UserException("There are several tables of annotations in " + root + " ("
                    + tables.get(0).getFileName() + ", "
                    + tables.get(1).getFileName() + "): keep the one that is meant.");
        Table table = Table.read(tables.get(0));
        List<Column> columns = columns(table, content);
        ImageFiles files = new ImageFiles(root);
        int slice = Table.indexOf(table.columns(), SLICE);
        int folderColumn = Table.indexOf(table.columns(), FOLDER), imageColumn = Table.indexOf(table.columns(), IMAGE);
        Map<String, String> folders = new HashMap<>();
        for (Table.Row row : table.rows()) {
            String image = row.cells().get(imageColumn), folder = row.cells().get(folderColumn);
            if (slice >= 0 && !isNothing(row.cells().get(slice))) {
                content.skip(image, table.at(row) + " is about " + row.cells().get(slice) + " of the stack " + image
                        + ", and stacks cannot be used yet: save the slices as files of their own (Image > Stacks >"
                        + " Stack to Images) and tag those.");
                continue;
            }
            ImageFiles.Found found = find(files, folder, image, content, table.at(row));
            if (found.file().isEmpty()) {
                content.skip(found.name(), found.problem());
                continue;
            }
            String earlier = folders.putIfAbsent(found.name(), folder);
            if (earlier != null && !earlier.equals(folder))
                content.warn(table.at(row) + " names " + image + " of the folder " + folder
                        + ", an earlier line that of " + earlier
                        + "; both were taken for " + found.file().get() + ".");
            List<String> tags = new ArrayList<>();
            for (Column column : columns)
                column.tag(row.cells().get(column.index())).ifPresent(tags::add);
            content.add(found.name(), found.file().get(), tags);
        }
        Leftovers.warn(files, content, table.file().getFileName().toString());
    }

    private static boolean isNothing(String cell) {
        return cell.isEmpty() || cell.equals("0") || cell.equalsIgnoreCase("nan") || cell.equalsIgnoreCase("null");
    }

    private static ImageFiles.Found find(ImageFiles files, String folder, String image, FolderContent content,
            String where) {
        if (image.contains("/") || image.contains("\\"))
            return new ImageFiles.Found(image, Optional.empty(), where + " names " + image
                    + " as its image, which is a path and not the name of a file, so it was skipped: put the path into"
                    + " the column Folder.");
        Path there = absolute(folder, image);
        if (there != null && ImageFiles.isImageName(image)) {
            // Images outside are named by their file alone, or with their folder if that name is taken.
            String name = there.startsWith(files.imageFolder()) ? ImageFiles.nameOf(files.imageFolder(), there) : image;
            FolderContent.Entry taken = content.entries().get(name);
            if (taken != null && !taken.file().equals(there))
                name = there.getParent().getFileName() + "/" + image;
            return new ImageFiles.Found(name, Optional.of(there), "");
        }
        String last = folder.replace('\\', '/').replaceAll("/+$", "").replaceAll(".*/", "");
        if (!last.isEmpty()) {
            ImageFiles.Found within = files.find(last + "/" + image, where);
            if (within.file().isPresent())
                return within;
        }
        return files.find(image, where);
    }

    /** The image where the table says it is, if that place exists here; else null. */
    private static Path absolute(String folder, String image) {
        try {
            Path file = Path.of(folder).resolve(image);
            return file.isAbsolute() && Files.isRegularFile(file) ? file.normalize() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private enum Kind { CATEGORY, MARK, CHOICE }

    /** A column that gives tags. */
    private record Column(int index, String name, Kind kind) {

        Optional<String> tag(String cell) {
            boolean none = kind == Kind.MARK ? isNothing(cell) || Double.parseDouble(cell) == 0 : cell.isBlank();
            return none ? Optional.empty()
                    : Optional.of(kind == Kind.CATEGORY ? cell : kind == Kind.MARK ? name : name + "=" + cell);
        }
    }

    private static List<Column> columns(Table table, FolderContent content) {
        int category = Table.indexOf(table.columns(), CATEGORY);
        if (category >= 0)
            return List.of(new Column(category, "Category", Kind.CATEGORY));
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            String name = table.columns().get(c);
            if (NO_TAGS.contains(name))
                continue;
            int index = c;
            List<String> values = table.rows().stream().map(row -> row.cells().get(index)).filter(v ->
                    !isNothing(v)).distinct().toList();
            if (values.stream().allMatch(v -> v.matches("[01]([.]0+)?"))) {
                columns.add(new Column(c, name, Kind.MARK));
                content.declare(name);
            } else if (values.stream().allMatch(v -> v.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?"))) {
                content.warn("The column " + name + " of " + table.file().getFileName()
                        + " holds numbers, so it was taken for a measurement, not for tags.");
            } else {
                columns.add(new Column(c, name, Kind.CHOICE));
            }
        }
        if (columns.isEmpty())
            throw new UserException(table.file() + " has no column of tags: a column Category, columns of 0 and 1 or"
                    + " columns of choices are needed besides Folder and Image.");
        return columns;
    }
}
