package io.github.palimpsest.ablation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The table as text.
 *
 * @param seeds in the order of the columns
 * @param rows each with a score, or null, for every seed
 */
record TableText(List<Long> seeds, List<TableRow> rows) {

    /** As CSV; shares are 0..1, cells of what is not done are empty. */
    String csv() {
        StringBuilder text = new StringBuilder("row,mean");
        seeds.forEach(seed -> text.append(",seed_").append(seed));
        text.append(",paper,paper_recalled\n");
        for (TableRow row : rows) {
            text.append('"').append(row.row().name().replace("\"", "\"\"")).append("\",").append(cell(row.mean()));
            row.scores().forEach(scores -> text.append(',').append(scores == null ? "" : cell(scores.miou())));
            text.append(',').append(row.published().map(p -> cell(p.miou()) + "," + p.recalled()).orElse(","))
                    .append('\n');
        }
        return text.toString();
    }

    /** As Markdown, in percent. */
    String markdown() {
        StringBuilder text = new StringBuilder("| training | mIoU, % |");
        seeds.forEach(seed -> text.append(" seed ").append(seed).append(" |"));
        text.append(" the paper, % |\n|---|---|").append("---|".repeat(seeds.size())).append("---|\n");
        for (TableRow row : rows)
            text.append("| ").append(row.row().name().replace("|", "\\|")).append(" | ").append(percent(row.mean()))
                    .append(" | ").append(row.scores().stream().map(s -> percent(s == null ? null : s.miou()))
                            .collect(Collectors.joining(" | ")))
                    .append(" | ").append(row.published().map(TableText::figure).orElse("–")).append(" |\n");
        return text.append("\nThe paper's figures (Wei et al., CVPR 2017) are on PASCAL VOC 2012 val: compare ")
                .append("differences between rows, not the numbers. Those called recalled could not be checked; ")
                .append("those of PSL with true tags and without v come from the differences that readings of the ")
                .append("paper give.\n")
                .toString();
    }

    private static String figure(Published published) {
        return percent(published.miou()) + (published.recalled() ? " (recalled)" : "");
    }

    private static String cell(Double share) {
        return share == null || share.isNaN() ? "" : String.format(Locale.ROOT, "%.6f", share);
    }

    private static String percent(Double share) {
        return share == null || share.isNaN() ? "–" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
