package io.github.palimpsest.task;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Settings as a user gives them, texts by name, over the values of a preset. Reads them as what they mean; each mistake is a
 * sentence that names the setting and what it may be. What has been read is kept as it was understood, so that ".5" and "0.5",
 * or "yes" and "true", are one text afterwards.
 */
public final class SettingsText {

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * @param preset values of those that were not given
     * @param given by the user; an empty text counts as not given
     */
    public SettingsText(Map<String, String> preset, Map<String, String> given) {
        values.putAll(preset);
        given.forEach((key, value) -> {
            if (value != null && !value.isBlank())
                values.put(key, value.strip());
        });
    }

    /** Whether there is a value. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The text, or an empty one. */
    public String text(String key) {
        return values.getOrDefault(key, "");
    }

    /** A text that must be there. */
    public String required(String key, String meaning) {
        if (!has(key))
            throw new UserException("The setting " + key + " is missing: give " + meaning + ", as in " + key + "=...");
        return text(key);
    }

    /** A path that must be there, absolute and without detours. */
    public Path path(String key, String meaning) {
        try {
            return Path.of(required(key, meaning)).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw wrong(key, "a path");
        }
    }

    /** A whole number in a range. */
    public long whole(String key, long least, long most) {
        return whole(key, least, most, "");
    }

    /** A whole number in a range, or a word that stands for another number. */
    public long wholeOr(String key, long least, long most, String word, long meaning) {
        return is(key, word) ? meaning : whole(key, least, most, ", or " + word);
    }

    private boolean is(String key, String word) {
        boolean is = text(key).equalsIgnoreCase(word);
        if (is)
            values.put(key, word);
        return is;
    }

    private long whole(String key, long least, long most, String otherwise) {
        try {
            long value = Long.parseLong(text(key));
            if (value >= least && value <= most) {
                values.put(key, Long.toString(value));
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, as numbers out of range are
        }
        throw wrong(key, "a whole number from " + least + " to " + most + otherwise);
    }

    /** A number in a range, both ends included. */
    public double number(String key, double least, double most) {
        double value = number(key, text(key), least, most);
        values.put(key, plain(value));
        return value;
    }

    /** A number in a range, both ends included, or nothing for a word. */
    public OptionalDouble numberOr(String key, double least, double most, String word) {
        if (is(key, word))
            return OptionalDouble.empty();
        double value = number(key, text(key), least, most, ", or " + word);
        values.put(key, plain(value));
        return OptionalDouble.of(value);
    }

    private double number(String key, String text, double least, double most) {
        return number(key, text, least, most, "");
    }

    private double number(String key, String text, double least, double most, String otherwise) {
        try {
            double value = Double.parseDouble(text);
            if (value >= least && value <= most)
                return value;
        } catch (NumberFormatException e) {
            // told below, as numbers out of range are
        }
        throw wrong(key, "a number from " + plain(least) + " to " + plain(most) + otherwise);
    }

    /** Numbers separated by commas, at least one, each in a range. */
    public List<Double> numbers(String key, double least, double most) {
        List<Double> numbers = new ArrayList<>();
        for (String part : text(key).split(",", -1))
            numbers.add(number(key, part.strip(), least, most));
        values.put(key, numbers.stream().map(SettingsText::plain).collect(Collectors.joining(",")));
        return numbers;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key) {
        boolean value = switch (text(key).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw wrong(key, "true or false");
        };
        values.put(key, Boolean.toString(value));
        return value;
    }

    /** One of the constants of an enum, by its name in lower case. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        for (E constant : type.getEnumConstants())
            if (name(constant).equals(text(key).toLowerCase(Locale.ROOT))) {
                values.put(key, name(constant));
                return constant;
            }
        throw wrong(key, "one of " + Arrays.stream(type.getEnumConstants()).map(SettingsText::name)
                .collect(Collectors.joining(", ")));
    }

    /** A constant's name as users write it. */
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private UserException wrong(String key, String allowed) {
        return new UserException("The setting " + key + " is \"" + text(key) + "\", but must be " + allowed + ".");
    }

    /** A number as people write it, without exponent and without zeros at its end. */
    public static String plain(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
}
