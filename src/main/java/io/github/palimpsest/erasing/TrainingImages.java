package io.github.palimpsest.erasing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.palimpsest.dataset.FolderReport;
import io.github.palimpsest.dataset.ImageCheck;
import io.github.palimpsest.dataset.ReadSettings;
import io.github.palimpsest.dataset.Selection;
import io.github.palimpsest.dataset.SkippedFile;
import io.github.palimpsest.dataset.TaggedFolder;
import io.github.palimpsest.dataset.TaggedFolders;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.Progress;

/**
 * The images that a run learns from, each read once to see that it can be.
 *
 * @param folder with the images that can be used
 * @param records of these images, in the same order
 * @param mean colour of all their pixels, RGB 0..255
 */
record TrainingImages(TaggedFolder folder, List<ImageRecord> records, List<Double> mean) {

    /** @throws io.github.palimpsest.task.UserException if there is nothing to learn from */
    static TrainingImages check(ErasingSettings settings, Progress progress) {
        TaggedFolder all = TaggedFolders.read(settings.images(), new Selection(settings.format(), settings.split()));
        progress.say("Reading " + all.images().size() + " images with " + all.tags().size() + " tags from " + all.root() + " ("
                + all.format() + ").");
        FolderReport report = FolderReport.of(all, ReadSettings.DEFAULT, settings.engine().threads(), progress);
        FolderReport.requireLearnable(report.folder());
        List<ImageRecord> records = new ArrayList<>();
        double[] sums = new double[3];
        double pixels = 0;
        for (ImageCheck check : report.checks()) {
            if (!check.isUsable())
                continue;
            TaggedImage image = check.image();
            records.add(new ImageRecord(image.name(), check.sha256(), check.width(), check.height(),
                    image.tags().stream().map(all.tags()::get).toList()));
            double size = (double) check.width() * check.height();
            pixels += size;
            for (int c = 0; c < 3; c++)
                sums[c] += size * check.mean().get(c);
        }
        return new TrainingImages(report.folder(), List.copyOf(records),
                List.of(sums[0] / pixels, sums[1] / pixels, sums[2] / pixels));
    }

    /** Half of the images are at most this long, in pixels. */
    int medianLongestSide() {
        int[] sides = records.stream().mapToInt(image -> Math.max(image.width(), image.height())).sorted().toArray();
        return sides[(sides.length - 1) / 2];
    }

    List<String> skipped() {
        return folder.skipped().stream().map(SkippedFile::reason).toList();
    }

    List<List<Integer>> tagsOfImages() {
        return folder.images().stream().map(TaggedImage::tags).toList();
    }

    /** The folder that the images' names are relative to. */
    Path root() {
        TaggedImage image = folder.images().get(0);
        Path root = image.file().toAbsolutePath();
        for (int depth = Path.of(image.name()).getNameCount(); depth > 0; depth--)
            root = root.getParent();
        return root;
    }
}
