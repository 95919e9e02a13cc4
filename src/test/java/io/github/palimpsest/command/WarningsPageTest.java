package io.github.palimpsest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The page that explains the warnings knows every sentence with which the program warns. */
class WarningsPageTest {

    private static final Pattern CALL = Pattern.compile(
            "(?:\\bwarn|\\bwarnings\\.add|::warn)\\((?=[^;]*\")([^;]*(?:\"[^\"]*;[^\"]*\"[^;]*)*);");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    @Test
    void everyWarningIsExplained() throws IOException {
        String page = Files.readString(Path.of("src/docs/warnings.md")).replaceAll("\\s+", " ");
        List<String> unexplained = new ArrayList<>();
        int warnings = 0;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(name -> name.toString().endsWith(".java")).sorted().toList()) {
                Matcher call = CALL.matcher(Files.readString(file));
                while (call.find()) {
                    String piece = longestPiece(call.group(1));
                    if (piece.length() < 8)
                        continue;
                    warnings++;
                    if (!page.contains(piece))
                        unexplained.add(file.getFileName() + ": " + piece);
                }
            }
        }
        assertEquals(List.of(), unexplained);
        assertTrue(warnings > 30, "only " + warnings + " warnings were found: has the way to warn changed?");
    }

    /** The longest part of a sentence in which nothing is filled in. */
    private static String longestPiece(String arguments) {
        String joined = arguments.replaceAll("\"\\s*\\+\\s*\"", "");
        String longest = "";
        for (Matcher literal = LITERAL.matcher(joined); literal.find();)
            for (String piece : literal.group(1).replace("%%", "\u0000").split("%[-.0-9]*[a-z]"))
                if (words(piece).length() > longest.length())
                    longest = words(piece);
        return longest;
    }

    private static String words(String piece) {
        return piece.replace("\u0000", "%").replace("\\\"", "\"").replaceAll("^[^A-Za-z0-9]+", "").strip();
    }
}
