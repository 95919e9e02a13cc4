package io.github.palimpsest.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code run.json} holds: everything that says which run a folder is, and how far it has come. It holds no times of day and
 * no durations, so that two runs of one command write the same bytes.
 *
 * @param format of this file; 1 is the first
 * @param program name and version of what wrote it
 * @param command that made the folder, such as {@code train-ae}
 * @param settings every setting of the command that bears on the result, by the name that the user gives it
 * @param engine the compute engine's name and version
 * @param device it ran on
 * @param threads it used
 * @param tags in order, without the background
 * @param images that take part, in order
 * @param skipped images that could not be read, each with the reason
 * @param warnings that the user was given
 * @param rounds of adversarial erasing so far, finished ones only
 * @param finished whether the command came to its end
 */
public record RunRecord(int format, String program, String command, Map<String, String> settings, String engine, String device,
        int threads, List<String> tags, List<ImageRecord> images, List<String> skipped, List<String> warnings,
        List<RoundRecord> rounds, boolean finished) {

    /** The format that this version writes. */
    public static final int FORMAT = 1;

    public RunRecord {
        settings = inOrder(settings);
        tags = List.copyOf(tags);
        images = List.copyOf(images);
        skipped = List.copyOf(skipped);
        warnings = List.copyOf(warnings);
        rounds = List.copyOf(rounds);
    }

    // Not Map.copyOf: its order changes from one start of Java to the next, and so would the file.
    private static <V> Map<String, V> inOrder(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * An image of the run.
     *
     * @param name relative to the images' folder, see {@code TaggedImage}
     * @param checksum SHA-256 of the file's bytes, hexadecimal
     * @param width in pixels
     * @param height in pixels
     * @param tags by name
     */
    public record ImageRecord(String name, String checksum, int width, int height, List<String> tags) {
        public ImageRecord {
            tags = List.copyOf(tags);
        }
    }

    /**
     * A round that has ended.
     *
     * @param round its number, from 1
     * @param merged whether its regions and maps were merged; the round that {@code rounds=auto} stopped at is not
     * @param loss of the classifier's last epoch, mean per image
     * @param averagePrecision mean over tags on held-out images as this round sees them, 0..1; NaN is written as null
     * @param averagePrecisionByTag the same for each tag that can be judged
     * @param mined share of the tagged images' pixels mined by the end of this round, 0..1
     */
    public record RoundRecord(int round, boolean merged, double loss, Double averagePrecision,
            Map<String, Double> averagePrecisionByTag, double mined) {
        public RoundRecord {
            averagePrecisionByTag = inOrder(averagePrecisionByTag);
        }
    }
}
