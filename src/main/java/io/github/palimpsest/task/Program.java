package io.github.palimpsest.task;

/** What this program is called in the files that it writes. */
public final class Program {

    /** Without the version. */
    public static final String NAME = "Palimpsest";

    /** The version of the packaged jar; in a development tree there is none. */
    public static final String VERSION = version();

    /** Such as {@code Palimpsest 0.1.0}. */
    public static final String NAME_AND_VERSION = NAME + " " + VERSION;

    private Program() {}

    private static String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
