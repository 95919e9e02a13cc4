package io.github.palimpsest.report;

import java.util.List;

import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.RoundRecord;

/** A run in a few sentences. */
final class RunSummary {

    /** More names than this make no sentence. */
    private static final int NAMES = 8;

    private RunSummary() {}

    /** The summary, as HTML. */
    static String of(RunRecord record) {
        List<RoundRecord> rounds = record.rounds();
        List<RoundRecord> merged = rounds.stream().filter(RoundRecord::merged).toList();
        long untagged = record.images().stream().filter(image -> image.tags().isEmpty()).count();
        StringBuilder text = new StringBuilder(Html.count(record.images().size(), "image", "images"));
        if (untagged > 0)
            text.append(" (").append(untagged).append(" of them without a tag)");
        text.append(", ").append(Html.count(record.tags().size(), "tag", "tags")).append(names(record.tags())).append(". ");
        if (rounds.isEmpty())
            return text.append("No round has been finished yet; the same command goes on from here.").toString();
        text.append("In ").append(Html.count(rounds.size(), "round", "rounds"))
                .append(" a classifier was trained from the tags alone, and the place that it looked at was mined and erased");
        if (!merged.isEmpty())
            text.append("; by the end, ").append(Html.percent(merged.get(merged.size() - 1).mined()))
                    .append(" of the tagged images’ pixels had been mined");
        text.append(". ");
        RoundRecord last = rounds.get(rounds.size() - 1);
        if (!last.merged())
            text.append("The stop rule ended the run at round ").append(last.round())
                    .append(": it is kept, but its regions were not merged.");
        else if (!record.finished())
            text.append("The run has not come to its end; the same command goes on from here.");
        else if ("auto".equals(record.settings().get("rounds")))
            text.append("The stop rule did not find a round that was too many.");
        else
            text.append("The number of rounds was set beforehand; no stop rule was used.");
        if (!record.skipped().isEmpty())
            text.append(' ').append(Html.count(record.skipped().size(), "image was", "images were"))
                    .append(" skipped, listed below.");
        return text.toString();
    }

    private static String names(List<String> tags) {
        if (tags.isEmpty() || tags.size() > NAMES)
            return "";
        return " (" + String.join(", ", tags.stream().map(tag -> "<b>" + Html.text(tag) + "</b>").toList()) + ")";
    }
}
