package io.github.palimpsest.segmentation.masks;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.palimpsest.background.Scene;
import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** The images of a run together with what the run knows of them. Safe for several threads. */
final class RunScenes {

    private final RunFolder run;
    private final Map<String, ImageRecord> records;
    private final AccumulatedMaps maps;

    RunScenes(RunFolder run, RunRecord record) {
        this.run = run;
        this.records = record.images().stream()
                .collect(Collectors.toMap(ImageRecord::name, Function.identity(), (a, b) -> a));
        this.maps = new AccumulatedMaps(run, record);
    }

    AccumulatedMaps maps() {
        return maps;
    }

    /** @throws UserException if the run does not know the image */
    ImageRecord record(TaggedImage image) {
        ImageRecord record = records.get(image.name());
        if (record == null)
            throw new UserException("The run in " + run.root() + " was made without the image " + image.name() + " ("
                    + image.file() + "). Give the images that train-ae was given.");
        return record;
    }

    /**
     * The image as cues see it, with its maps accumulated over so many merged rounds.
     *
     * @throws UserException if the image or its maps cannot be read, or the image has another size than it had
     */
    Scene scene(TaggedImage image, int rounds) {
        ImageRecord record = record(image);
        Tensor rgb = ImageReader.read(image.file());
        if (rgb.size(1) != record.height() || rgb.size(2) != record.width())
            throw new UserException(image.file() + " is " + rgb.size(2) + "×" + rgb.size(1) + " pixels, but was "
                    + record.width() + "×" + record.height() + " when train-ae read it. Restore the image, or begin "
                    + "anew with train-ae in another output.");
        return new Scene(image.name(), rgb, maps.maps(record, rounds));
    }
}
