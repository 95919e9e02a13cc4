package io.github.palimpsest.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * What there is to know about a folder before learning from it.
 *
 * @param folder with the images that can be used; its warnings and skipped files include what was found here
 * @param checks one for each image, usable or not
 */
public record FolderReport(TaggedFolder folder, List<ImageCheck> checks) {

    private static final int FEW_IMAGES = 10;
    private static final int MOST_EXAMPLES = 5;

    public FolderReport {
        checks = List.copyOf(checks);
    }

    /**
     * Reads every image once, leaves out those that cannot be used, and looks for what may spoil the result.
     *
     * @param threads how many images are read at a time
     * @throws UserException if no image can be used
     * @throws io.github.palimpsest.task.CancelledException if the user stops it
     */
    public static FolderReport of(TaggedFolder folder, ReadSettings settings, int threads, Progress progress) {
        List<ImageCheck> checks = ImageCheck.all(folder.images(), settings, threads, progress);
        List<SkippedFile> unusable = checks.stream().filter(check -> !check.isUsable())
                .map(check -> new SkippedFile(check.image().name(), check.problem())).toList();
        List<TaggedImage> usable = checks.stream().filter(ImageCheck::isUsable).map(ImageCheck::image).toList();
        if (usable.isEmpty())
            throw new UserException("No image in " + folder.root() + " can be used. "
                    + (unusable.isEmpty() ? "Add images." : unusable.get(0).reason()));
        List<String> warnings = new ArrayList<>(folder.warnings());
        if (!unusable.isEmpty())
            warnings.add(unusable.size() + " of " + checks.size() + " images cannot be used and "
                    + (unusable.size() == 1 ? "was" : "were") + " skipped. "
                    + unusable.stream().limit(MOST_EXAMPLES).map(SkippedFile::reason).collect(Collectors.joining(" ")));
        List<SkippedFile> skipped = new ArrayList<>(folder.skipped());
        skipped.addAll(unusable);
        TaggedFolder rest = folder.with(usable, warnings, skipped);
        warnings.addAll(aboutTags(rest));
        warnings.addAll(aboutDuplicates(rest, checks));
        return new FolderReport(folder.with(usable, warnings, skipped), checks);
    }

    /**
     * Makes sure that there is something to learn.
     *
     * @throws UserException if all images have the same tags, so that nothing tells a tag from the background
     */
    public static void requireLearnable(TaggedFolder folder) {
        if (folder.images().stream().map(TaggedImage::tags).distinct().count() < 2)
            throw new UserException("All images in " + folder.root() + " have the same tags"
                    + (folder.images().isEmpty() ? "" : " (" + names(folder, folder.images().get(0)) + ")")
                    + ", so there is nothing to tell apart: add images that lack a tag.");
    }

    /** Sentences about tags that are rare, everywhere, always together or perhaps misspelled; needs no pixels. */
    public static List<String> aboutTags(TaggedFolder folder) {
        List<String> warnings = new ArrayList<>();
        List<String> tags = folder.tags();
        int[] counts = folder.imagesPerTag();
        int all = folder.images().size();
        for (int tag = 0; tag < tags.size(); tag++) {
            if (counts[tag] == 0)
                warnings.add("No image has the tag " + tags.get(tag) + ", so it cannot be learnt: add images or remove"
                        + " the tag.");
            else if (counts[tag] < FEW_IMAGES)
                warnings.add("Only " + counts[tag] + (counts[tag] == 1 ? " image has" : " images have") + " the tag "
                        + tags.get(tag)
                        + ": add more, at least " + FEW_IMAGES + ".");
            if (counts[tag] == all && all > 0)
                warnings.add("Every image has the tag " + tags.get(tag)
                        + ", so nothing shows what it looks like without it: add images that lack the tag.");
        }
        warnings.addAll(aboutCompany(folder, counts));
        for (int a = 0; a < tags.size(); a++)
            for (int b = a + 1; b < tags.size(); b++)
                if (Spelling.isSame(tags.get(a), tags.get(b)) || Spelling.isSlip(tags.get(a), tags.get(b)))
                    warnings.add("The tags \"" + tags.get(a) + "\" and \"" + tags.get(b)
                            + "\" look like one tag spelled two ways: if so, use one spelling.");
        return warnings;
    }

    private static List<String> aboutCompany(TaggedFolder folder, int[] counts) {
        TagCompany company = new TagCompany(folder.images().stream().map(TaggedImage::tags).toList(), counts.length);
        List<String> warnings = new ArrayList<>();
        for (int a = 0; a < counts.length; a++)
            for (int b = 0; b < counts.length; b++) {
                boolean everywhere = counts[b] == folder.images().size();
                if (a == b || !company.isBound(a, b) || everywhere || company.isBound(b, a) && a > b)
                    continue;
                String first = folder.tags().get(a), second = folder.tags().get(b);
                String seen = company.together(a, b) + " of " + counts[a] + " images of " + first + " also show " + second;
                warnings.add(company.isWithin(a, b)
                        ? "The tag " + first + " is within " + second + ": " + seen + ". Only their features can tell them apart, and"
                                + " the report says whether they do; images of " + first + " without " + second + " would help."
                        : "The tags " + first + " and " + second + " can hardly be told apart: " + seen + ". Add images of "
                                + first + " without " + second + ", or make them one tag.");
            }
        return warnings;
    }

    private static List<String> aboutDuplicates(TaggedFolder folder, List<ImageCheck> checks) {
        Map<String, List<TaggedImage>> bySum = new LinkedHashMap<>();
        for (ImageCheck check : checks)
            if (check.isUsable())
                bySum.computeIfAbsent(check.sha256(), sum -> new ArrayList<>()).add(check.image());
        List<String> same = new ArrayList<>(), different = new ArrayList<>();
        for (List<TaggedImage> copies : bySum.values()) {
            if (copies.size() < 2)
                continue;
            if (copies.stream().map(TaggedImage::tags).distinct().count() == 1)
                same.add(Leftovers.some(copies.stream().map(TaggedImage::name).toList(), " = "));
            else // one of each set of tags shows the contradiction
                different.add(Leftovers.some(copies.stream().collect(Collectors.toMap(TaggedImage::tags, image -> image,
                        (first, next) -> first, LinkedHashMap::new)).values().stream()
                        .map(image -> image.name() + " (" + names(folder, image) + ")").toList(), " = "));
        }
        List<String> warnings = new ArrayList<>();
        if (!different.isEmpty())
            warnings.add("The same image is there with different tags, which contradict each other: "
                    + Leftovers.some(different)
                    + ". Keep one copy with all its tags in a tags.csv, or remove the wrong one.");
        if (!same.isEmpty())
            warnings.add("The same image is there more than once: " + Leftovers.some(same)
                    + ". Remove the copies, above all where one is used for training and another for scoring.");
        return warnings;
    }

    private static String names(TaggedFolder folder, TaggedImage image) {
        return image.tags().isEmpty() ? "no tag"
                : image.tags().stream().map(folder.tags()::get).collect(Collectors.joining(", "));
    }
}
