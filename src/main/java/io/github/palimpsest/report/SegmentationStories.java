package io.github.palimpsest.report;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.palimpsest.report.SegmentationStory.CueTrial;
import io.github.palimpsest.report.SegmentationStory.Masks;
import io.github.palimpsest.report.SegmentationStory.Pass;
import io.github.palimpsest.report.SegmentationStory.PlainThreshold;
import io.github.palimpsest.report.SegmentationStory.TagMask;
import io.github.palimpsest.segmentation.SegmentationRecord;
import io.github.palimpsest.segmentation.masks.ChosenMasks;
import io.github.palimpsest.segmentation.masks.MaskStatistics;
import io.github.palimpsest.segmentation.masks.TriedMasks;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.TagColours;
import io.github.palimpsest.task.SettingsText;

/** What {@code segmentation.json} says, as the report tells it. */
final class SegmentationStories {

    private SegmentationStories() {}

    /**
     * The record of the segmentation in a folder, if there is one.
     *
     * @throws io.github.palimpsest.task.UserException if it is damaged
     */
    static Optional<SegmentationRecord> record(RunFolder folder) {
        return Files.exists(folder.segmentationRecord())
                ? Optional.of(Json.read(folder.segmentationRecord(), SegmentationRecord.class)) : Optional.empty();
    }

    /** @param tags of the run */
    static SegmentationStory of(SegmentationRecord record, List<String> tags) {
        List<String> decisions = new ArrayList<>();
        if (record.masks() != null)
            decisions.add(record.masks().sentence());
        if (record.parts() != null)
            decisions.addAll(record.parts());
        if (!record.psl().isEmpty())
            decisions.add(record.psl());
        return new SegmentationStory(tags, TagColours.of(tags.size()), decisions, masks(record.statistics()),
                trials(record.masks()), plain(record.masks()), record.passes().stream().map(pass -> new Pass(pass.pass(),
                        number(pass.loss()), number(pass.changed()), pass.changedByTag())).toList(),
                record.warnings());
    }

    private static Masks masks(MaskStatistics made) {
        return made == null ? null : new Masks(made.pixels(), made.background(), made.unlabelled(), made.conflicts(),
                made.tags().stream().map(tag -> new TagMask(tag.tag(), tag.images(), tag.labelledImages(), tag.imagePixels(),
                        tag.pixels(), null, tag.conflicts())).toList());
    }

    /** Of each cue the best constants only: all that was tried is in {@code segmentation.json}. */
    private static List<CueTrial> trials(TriedMasks choice) {
        if (choice == null)
            return List.of();
        List<ChosenMasks> shown = choice.tried().isEmpty() ? List.of(choice.best()) : choice.bestOfEach();
        return shown.stream().map(one -> new CueTrial(SettingsText.name(one.kind()), number(one.a()), number(one.w()),
                one.rounds(), number(one.explained()), one.equals(choice.best()))).toList();
    }

    private static List<PlainThreshold> plain(TriedMasks choice) {
        return choice == null ? List.of() : choice.plain().stream().map(one -> new PlainThreshold(
                SettingsText.name(one.kind()), number(one.explained()), number(one.foreground()))).toList();
    }

    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
