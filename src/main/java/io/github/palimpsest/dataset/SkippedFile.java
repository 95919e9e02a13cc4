package io.github.palimpsest.dataset;

/**
 * A file that a table or a folder offers and that is not used.
 *
 * @param name as the table writes it, or the path relative to the folder
 * @param reason a sentence that names the file and says what to do
 */
public record SkippedFile(String name, String reason) {}
