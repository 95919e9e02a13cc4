package io.github.palimpsest.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.report.SegmentationStory.CueTrial;
import io.github.palimpsest.report.SegmentationStory.Masks;
import io.github.palimpsest.report.SegmentationStory.Pass;
import io.github.palimpsest.report.SegmentationStory.PlainThreshold;
import io.github.palimpsest.report.SegmentationStory.TagMask;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.tensor.Tensor;

/** A drawn run that has gone on to a segmentation of two passes: masks are the mined cells, their rims unlabelled. */
record SegmentedRun(DrawnRun drawn, SegmentationStory story) {

    static SegmentedRun write(Path folder) throws IOException {
        DrawnRun drawn = DrawnRun.write(folder);
        List<String> tags = drawn.record().tags();
        List<Integer> colours = List.of(0, 0xE69F00, 0x56B4E9, 0x009E73);
        for (ImageRecord image : drawn.record().images()) {
            byte[] mask = new byte[128 * 128];
            float[] cue = new float[128 * 128];
            if (!image.tags().isEmpty()) {
                LabelStack regions = LabelStack.read(drawn.run().regions(image.name()));
                for (int k = 0; k < image.tags().size(); k++)
                    for (int i = 0; i < mask.length; i++)
                        if (regions.slices().get(k)[i] > 0) {
                            boolean sure = regions.slices().get(k)[i] < 3;
                            mask[i] = (byte) (sure ? tags.indexOf(image.tags().get(k)) + 1 : LabelImage.UNLABELLED);
                            cue[i] = 1;
                        }
            }
            new MapStack(List.of("background"), Tensor.of(cue, 1, 128, 128))
                    .write(drawn.run().background(image.name()));
            LabelImage labels = new LabelImage(128, 128, mask);
            labels.write(drawn.run().mask(image.name()), colours);
            labels.write(drawn.run().prediction(0, image.name()), colours);
        }
        for (int pass = 0; pass < 2; pass++) {
            StringBuilder log = new StringBuilder("epoch,loss,segmentation,online,classification,learning_rate\n");
            for (int epoch = 1; epoch <= 10; epoch++)
                log.append(epoch).append(',').append(2.0 / epoch).append(',').append(1.0 / epoch).append(',')
                        .append(epoch < 3 || pass == 1 ? "0" : "0.4").append(",0.1,0.002\n");
            Files.createDirectories(drawn.run().pass(pass));
            Files.writeString(drawn.run().passLog(pass), log);
        }
        Map<String, Double> changed = new LinkedHashMap<>();
        tags.forEach(tag -> changed.put(tag, .01 * tag.length()));
        SegmentationStory story = new SegmentationStory(tags, colours, List.of("PSL takes part: 41 % are unlabelled."),
                new Masks(1000, 400, 410, 20, List.of(new TagMask(tags.get(0), 5, 4, 500, 125, 60L, 20),
                        new TagMask(tags.get(1), 0, 0, 0, 0, null, 0))),
                List.of(new CueTrial("rbd", .3, .1, 3, .776, false), new CueTrial("otsu", .4, .25, 1, .798, true),
                        new CueTrial("none", null, null, 3, Double.NaN, false)),
                List.of(new PlainThreshold("otsu", .761, .2)),
                List.of(new Pass(0, .2, .05, changed), new Pass(1, .1, .02, Map.of())),
                List.of("The training masks label almost nothing as diatom."));
        return new SegmentedRun(drawn, story);
    }

    String html() {
        return SegmentationSection.html(drawn.run(), drawn.record().images(), story, drawn::pixels, 2);
    }
}
