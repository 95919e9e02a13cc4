package io.github.palimpsest.dataset;

import java.util.Locale;

/** Whether two tags may be one, spelled in two ways. */
final class Spelling {

    /** Shorter words often differ in one letter and mean different things. */
    private static final int SHORTEST = 5;

    private Spelling() {}

    /** Whether tags differ only in case, blanks, underscores and hyphens between words. */
    static boolean isSame(String a, String b) {
        return key(a).equals(key(b));
    }

    /**
     * Whether tags of five letters and more differ in one letter. Digits ({@code cell1}, {@code cell2}), signs and
     * letters that stand for a kind ({@code grade a}, {@code typeB}) are no slips.
     */
    static boolean isSlip(String a, String b) {
        String shorter = a.length() <= b.length() ? a : b, longer = shorter.equals(a) ? b : a;
        if (shorter.length() < SHORTEST || longer.length() - shorter.length() > 1)
            return false;
        int start = 0;
        while (start < shorter.length() && same(shorter.charAt(start), longer.charAt(start)))
            start++;
        int skip = longer.length() == shorter.length() ? 1 : 0;
        String restShorter = shorter.substring(Math.min(shorter.length(), start + skip)),
                restLonger = longer.substring(start + 1);
        if (start >= longer.length() || !restShorter.equalsIgnoreCase(restLonger))
            return false;
        return isLetterOfWord(longer, start) && (skip == 0 || isLetterOfWord(shorter, start));
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }

    private static boolean isLetterOfWord(String tag, int at) {
        boolean before = at > 0 && Character.isLetter(tag.charAt(at - 1));
        boolean after = at + 1 < tag.length() && Character.isLetter(tag.charAt(at + 1));
        boolean kind = !after && before && Character.isUpperCase(tag.charAt(at))
                && Character.isLowerCase(tag.charAt(at - 1));
        return Character.isLetter(tag.charAt(at)) && (before || after) && !kind;
    }

    private static String key(String tag) {
        return tag.toLowerCase(Locale.ROOT).replaceAll("(?<=[\\p{L}\\p{N}])[\\s_-]+(?=[\\p{L}\\p{N}])", "");
    }
}
