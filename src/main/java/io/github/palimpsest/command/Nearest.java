package io.github.palimpsest.command;

import java.util.Collection;
import java.util.Locale;

/** Guesses what a user meant by a word that does not exist. */
public final class Nearest {

    private Nearest() {}

    /** " Did you mean …?" around the nearest word, or nothing if none is near. */
    public static String hint(String word, Collection<String> words, String before, String after) {
        String nearest = of(word, words);
        return nearest == null ? "" : " Did you mean " + before + nearest + after + "?";
    }

    /** The nearest word, or null if none is near. */
    static String of(String word, Collection<String> words) {
        String wanted = plain(word);
        String nearest = null;
        int fewest = Math.max(2, wanted.length() / 3) + 1;
        for (String candidate : words) {
            String known = plain(candidate);
            // "rate" for "learning_rate" is far by edits, and near to everybody who reads it.
            boolean part = wanted.length() > 2 && (known.startsWith(wanted) || known.endsWith(wanted));
            int edits = part ? 1 : distance(wanted, known);
            if (edits < fewest && edits < Math.max(wanted.length(), known.length())) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Insertions, deletions, substitutions and exchanges of neighbours that turn one word into the other. */
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++)
            for (int j = 0; j <= b.length(); j++)
                edits[i][j] = i == 0 ? j : j == 0 ? i : step(edits, a, b, i, j);
        return edits[a.length()][b.length()];
    }

    private static int step(int[][] edits, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int fewest = Math.min(edits[i - 1][j - 1] + change, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }

    private static String plain(String word) {
        String lower = word.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return lower.length() > 60 ? lower.substring(0, 60) : lower;
    }
}
