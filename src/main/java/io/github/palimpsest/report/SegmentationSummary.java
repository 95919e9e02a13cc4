package io.github.palimpsest.report;

import io.github.palimpsest.segmentation.SegmentationRecord;

/** A segmentation in a few sentences. */
final class SegmentationSummary {

    private SegmentationSummary() {}

    /** The summary, as HTML. */
    static String of(SegmentationRecord record) {
        if (record.statistics() == null)
            return "The segmentation has been begun, but its training masks are not made yet; the same command goes on.";
        StringBuilder text = new StringBuilder("Training masks were made of ")
                .append(Html.count(record.masks().best().rounds(), "round", "rounds"))
                .append(" of erasing; they label ").append(Html.percent(1 - record.statistics().unlabelledShare()))
                .append(" of the pixels. ");
        int again = Math.max(0, record.passes().size() - 1);
        if (record.passes().isEmpty())
            return text.append("The training of the network has not ended yet; the same command goes on.").toString();
        text.append("A segmentation network was trained on them");
        if (again > 0)
            text.append(", and ").append(again == 1 ? "once more" : again + " times more")
                    .append(" on what it made of the training images itself");
        text.append(record.finished() ? ". The model for new images is <b>segmentation/model.palimpsest</b>."
                : ". The training has not come to its end; the same command goes on from here.");
        return text.toString();
    }
}
