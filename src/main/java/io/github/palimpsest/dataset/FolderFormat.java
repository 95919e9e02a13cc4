package io.github.palimpsest.dataset;

import java.nio.file.Path;

/** One way to lay out tagged images. Formats only look: nothing is ever written into a folder of images. */
interface FolderFormat {

    /** Its name among {@link Selection#FORMATS}. */
    String name();

    /** What it is, in words that go on after "a folder was read as". */
    String description();

    /** Whether the folder looks like this. Reads names and first lines only. */
    boolean matches(Path root);

    /**
     * Gathers every image of the folder with its tags, of all splits.
     *
     * @throws io.github.palimpsest.task.UserException if the folder is not laid out so, or a line cannot be understood
     */
    void read(Path root, FolderContent content);
}
