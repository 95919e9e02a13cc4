package io.github.palimpsest.background;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;

/**
 * Where a background cue is believed: below the cut a pixel is surely background, above it nothing is claimed, so a
 * mediocre cue is of use too. Each tag may have a cut of its own; of the cuts of an image's tags the smallest, so the
 * most careful, decides.
 *
 * @param cut of tags without one of their own, and of images without tags, 0..1
 * @param byTag cuts of single tags, 0..1
 */
public record TwoSidedCut(double cut, Map<String, Double> byTag) {

    /** @throws UserException if a cut is not from 0 to 1 */
    public TwoSidedCut {
        byTag = Collections.unmodifiableMap(new LinkedHashMap<>(byTag));
        requireCut(cut, "background cut");
        byTag.forEach((tag, own) -> requireCut(own, "background cut of " + tag));
    }

    /**
     * Understands {@code 0.06} or {@code 0.06,cat:0.12,dog:0.1}: the cut of most tags, then tags with their own. A tag
     * may hold colons (the last one counts) but no commas.
     *
     * @param setting its name, for the sentences
     * @throws UserException naming the setting and what is wrong
     */
    public static TwoSidedCut parse(String setting, String text) {
        String[] parts = text.split(",", -1);
        double cut = number(setting, text, parts[0].strip());
        Map<String, Double> byTag = new LinkedHashMap<>();
        for (String part : List.of(parts).subList(1, parts.length)) {
            int colon = part.lastIndexOf(':');
            if (colon < 0)
                throw wrong(setting, text, "\"" + part.strip() + "\" is no tag with its cut, as in cat:0.12");
            String tag = part.substring(0, colon).strip();
            if (tag.isEmpty())
                throw wrong(setting, text, "the tag before \"" + part.substring(colon) + "\" is missing");
            if (byTag.put(tag, number(setting, text, part.substring(colon + 1).strip())) != null)
                throw wrong(setting, text, "the tag " + tag + " has two cuts");
        }
        return new TwoSidedCut(cut, byTag);
    }

    /** Checks that the tags with cuts of their own exist. @throws UserException naming one that does not */
    public void requireTags(Collection<String> tags) {
        List<String> unknown = new ArrayList<>(byTag.keySet());
        unknown.removeAll(tags);
        if (!unknown.isEmpty())
            throw new UserException("The background cut names the tag " + unknown.get(0)
                    + ", which no image has. The tags are " + String.join(", ", tags) + ".");
    }

    /** The cut of an image with these tags. */
    public double of(Collection<String> tags) {
        return tags.stream().mapToDouble(tag -> byTag.getOrDefault(tag, cut)).min().orElse(cut);
    }

    /** Whether a pixel with this value of the cue, in an image with these tags, is surely background. */
    public boolean isGround(double cue, Collection<String> tags) {
        return cue < of(tags);
    }

    /** As {@link #parse} understands it. */
    public String text() {
        return SettingsText.plain(cut) + byTag.entrySet().stream()
                .map(entry -> "," + entry.getKey() + ":" + SettingsText.plain(entry.getValue()))
                .collect(Collectors.joining());
    }

    private static double number(String setting, String text, String part) {
        try {
            double value = Double.parseDouble(part);
            if (value >= 0 && value <= 1)
                return value;
        } catch (NumberFormatException e) {
            // told below, as numbers out of range are
        }
        throw wrong(setting, text, "\"" + part + "\" is no number from 0 to 1");
    }

    private static UserException wrong(String setting, String text, String why) {
        return new UserException("The setting " + setting + " is \"" + text + "\", but " + why
                + ": give a number from 0 to 1, and after it, where wanted, tags with their own, as in"
                + " 0.06,cat:0.12.");
    }

    private static void requireCut(double value, String what) {
        if (!(value >= 0 && value <= 1))
            throw new UserException("The " + what + " is " + value + ", but must be from 0 to 1.");
    }
}
