package io.github.palimpsest.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The tables of Fiji's Qualitative Annotations plugins. */
final class AnnotationTable {

    private AnnotationTable() {}

    /** Whether a table's first line is one that the plugins write. */
    static boolean isAnnotations(Path file) {
        List<String> columns = Table.columnsOf(file);
        return Table.indexOf(columns, Set.of("folder")) >= 0 && Table.indexOf(columns, Set.of("image")) >= 0;
    }
}
