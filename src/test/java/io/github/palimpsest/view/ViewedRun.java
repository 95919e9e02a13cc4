package io.github.palimpsest.view;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.palimpsest.segmentation.masks.WrittenRun;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.tensor.Tensor;

/**
 * A run of two rounds on two images of 6×4 pixels, written file by file. In {@code two.png} there are a cat on the left and a
 * dog on the right; {@code none.png} has no tag.
 */
record ViewedRun(WrittenRun written, ImageRecord two, ImageRecord none) {

    static final Map<String, String> SETTINGS = Map.of("mining", "share_of_maximum", "delta", "0.5", "envelope_from", "0");

    static final String CAT = "210000" + "110000" + "000000" + "000000";
    static final String DOG = "000001" + "000001" + "000022" + "000000";

    /** With all layers but the exact masks. */
    static ViewedRun write(Path folder) {
        WrittenRun run = new WrittenRun(folder, "cat", "dog");
        ImageRecord two = run.image("two.png", 6, IntStream.range(0, 24).map(i -> 0x0A0502 * (i + 1)).toArray(), "cat", "dog");
        ImageRecord none = run.image("none.png", 6, 4);
        run.round(true);
        run.round(true);
        // At the network's resolution of 3×2 cells, of 2×2 pixels each.
        run.cam(1, two, 3, 8, 0, 0, 2, 0, 0, 0, 0, 4, 0, 0, 1);
        run.cam(2, two, 3, 1, 0, 0, 0, 0, 0, 0, 0, .1f, 0, 0, .2f);
        run.regions(two, CAT, DOG);
        RunFolder files = run.run;
        new LabelStack(List.of("erased"), 6, 4, List.of(digits("210001" + "110001" + "000022" + "000000")))
                .write(files.erased("two.png"));
        float[] cue = new float[24];
        for (int i = 0; i < cue.length; i++)
            cue[i] = i / 23f;
        new MapStack(List.of("background"), Tensor.of(cue, 1, 4, 6)).write(files.background("two.png"));
        new LabelImage(6, 4, digits("110000" + "110002" + "000022" + "000000")).write(files.mask("two.png"), List.of(0, 1, 2));
        new LabelImage(6, 4, digits("100000" + "110002" + "000022" + "000000"))
                .write(files.prediction(0, "two.png"), List.of(0, 1, 2));
        new LabelImage(6, 4, digits("100000" + "100002" + "000022" + "000000"))
                .write(files.prediction(1, "two.png"), List.of(0, 1, 2));
        run.record(SETTINGS, true);
        return new ViewedRun(run, two, none);
    }

    static byte[] digits(String digits) {
        byte[] values = new byte[digits.length()];
        for (int i = 0; i < values.length; i++)
            values[i] = (byte) (digits.charAt(i) - '0');
        return values;
    }

    RunFolder run() {
        return written.run;
    }

    RunLayers layers() {
        return RunLayers.open(run().root());
    }

    RunLayers layers(Path masks) {
        return RunLayers.open(run().root(), Optional.empty(), Optional.of(masks));
    }
}
