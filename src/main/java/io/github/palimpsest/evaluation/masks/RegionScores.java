package io.github.palimpsest.evaluation.masks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How well the maps and the mined regions of every round agree with masks. Shares are 0..1; what does not exist is
 * null.
 *
 * @param rounds in order
 * @param images that were scored
 * @param imagesWithoutMask that were left out
 * @param masksWithoutImage that were left out
 * @param unusable sentences about masks that were left out because they cannot be used
 */
public record RegionScores(List<RoundScore> rounds, int images, int imagesWithoutMask, int masksWithoutImage,
        List<String> unusable) {

    public RegionScores {
        rounds = List.copyOf(rounds);
        unusable = List.copyOf(unusable);
    }

    /**
     * The scores of one round; see {@link RegionEvaluation} for how they are measured. What was merged is null for a
     * round that was not.
     *
     * @param round from 1
     * @param camMiou mean IoU of this round's own maps at the best threshold
     * @param camThreshold that threshold
     * @param accumulatedMiou mean IoU of the maximum over the rounds merged so far
     * @param accumulatedThreshold the best threshold for it
     * @param averagePrecision of the classifier on held-out images, from {@code run.json}
     * @param precision share of the pixels mined so far that show their tag
     * @param recall share of the objects' pixels that are mined for their tag
     * @param regionsMiou mean IoU of the mined regions
     */
    public record RoundScore(int round, Double camMiou, Double camThreshold, Double accumulatedMiou,
            Double accumulatedThreshold, Double averagePrecision, Double precision, Double recall, Double regionsMiou) {

        /** By the names that files use, in order. */
        Map<String, Object> named() {
            Map<String, Object> named = new LinkedHashMap<>();
            named.put("round", round);
            named.put("cam_miou", camMiou);
            named.put("cam_threshold", camThreshold);
            named.put("accumulated_miou", accumulatedMiou);
            named.put("accumulated_threshold", accumulatedThreshold);
            named.put("average_precision", averagePrecision);
            named.put("precision", precision);
            named.put("recall", recall);
            named.put("regions_miou", regionsMiou);
            return named;
        }
    }

    /** For {@code scores.json}. */
    Map<String, Object> named() {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("rounds", rounds.stream().map(RoundScore::named).toList());
        named.put("images", images);
        named.put("images_without_mask", imagesWithoutMask);
        named.put("masks_without_image", masksWithoutImage);
        named.put("unusable_masks", unusable);
        return named;
    }

    /** For {@code scores.csv}: a line for every round. */
    String csv() {
        StringBuilder text = new StringBuilder();
        if (!rounds.isEmpty())
            text.append(String.join(",", rounds.get(0).named().keySet())).append('\n');
        for (RoundScore round : rounds)
            text.append(round.named().values().stream()
                    .map(value -> value == null || value.equals(Double.NaN) ? "" : value.toString())
                    .collect(Collectors.joining(","))).append('\n');
        return text.toString();
    }

    /** For people: percentages, a line for every round and one on what was scored. */
    public String table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("round", "CAM mIoU %", "at", "accumulated mIoU %", "at", "AP %", "precision %", "recall %",
                "regions mIoU %"));
        for (RoundScore r : rounds)
            lines.add(List.of(Integer.toString(r.round), percent(r.camMiou), threshold(r.camThreshold),
                    percent(r.accumulatedMiou), threshold(r.accumulatedThreshold), percent(r.averagePrecision),
                    percent(r.precision), percent(r.recall), percent(r.regionsMiou)));
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                int width = lines.get(0).get(column).length() < 5 ? 5 : lines.get(0).get(column).length();
                text.append(column == 0 ? "" : "  ").append(" ".repeat(width - line.get(column).length()))
                        .append(line.get(column));
            }
            text.append('\n');
        }
        return text + (images + " images scored, " + imagesWithoutMask + " have no mask, " + unusable.size()
                + " have a mask that cannot be used; " + masksWithoutImage + " masks have no image.\n");
    }

    private static String percent(Double share) {
        return share == null || share.isNaN() ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String threshold(Double value) {
        return value == null || value.isNaN() ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
