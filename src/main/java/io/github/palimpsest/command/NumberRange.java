package io.github.palimpsest.command;

import java.math.BigDecimal;
import java.util.List;

import io.github.palimpsest.task.UserException;

/**
 * Where a number must lie, both ends included.
 *
 * @param min the lowest, or null
 * @param max the highest, or null
 * @param whole whether fractions are refused
 */
record NumberRange(BigDecimal min, BigDecimal max, boolean whole) {

    private static final BigDecimal MANY = BigDecimal.valueOf(Integer.MAX_VALUE);

    /** Reads {@code 1..20}, {@code 0..} or {@code ..1}. */
    static NumberRange of(String text, boolean whole) {
        int dots = text.indexOf("..");
        return new NumberRange(bound(text.substring(0, dots)), bound(text.substring(dots + 2)), whole);
    }

    void check(String key, String text, List<String> words) {
        String orWord = words.isEmpty() ? "" : ", or " + InputDefinition.or(words);
        BigDecimal number;
        try {
            // Beyond this length no number is meant, and arithmetic on it could take for ever.
            number = text.length() > 40 ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            number = null;
        }
        if (!whole && text.matches("[+-]?\\d*,\\d+"))
            throw new UserException(key + "=" + text + " is not a number: write it with a point, as in " + key + "="
                    + text.replace(',', '.') + ". It must be " + words() + orWord + ".");
        if (number == null || Math.abs((long) number.scale()) > 40 || whole && !text.matches("[+-]?\\d+"))
            throw new UserException(key + "=" + text + " is not a " + (whole ? "whole number" : "number") + ": it must be " + words() + orWord + ".");
        if (min != null && number.compareTo(min) < 0 || max != null && number.compareTo(max) > 0)
            throw new UserException(key + "=" + text + " is out of range: it must be " + words() + orWord + ".");
    }

    private String words() {
        boolean upper = max != null && max.compareTo(MANY) < 0;
        boolean lower = min != null && min.compareTo(MANY.negate()) > 0;
        if (lower && upper)
            return min + " to " + max;
        if (lower)
            return min + " or more";
        return upper ? max + " or less" : whole ? "a whole number" : "a number";
    }

    @Override
    public String toString() {
        return words();
    }

    private static BigDecimal bound(String text) {
        return text.isEmpty() ? null : new BigDecimal(text);
    }
}
