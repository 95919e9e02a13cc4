package io.github.palimpsest.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.palimpsest.store.RunRecord.ImageRecord;

/** The images that stand for all. */
final class Examples {

    private Examples() {}

    /**
     * Chooses tagged images so that every tag is shown as early as possible, and then again in images with few tags, which
     * are the clearest. Among equals the first is taken: the same run always gets the same examples.
     *
     * @param images in the run's order
     * @param most how many at most
     */
    static List<ImageRecord> choose(List<ImageRecord> images, int most) {
        List<ImageRecord> rest = new ArrayList<>(images.stream().filter(image -> !image.tags().isEmpty()).toList());
        List<ImageRecord> chosen = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        boolean again = false;
        while (chosen.size() < most && !rest.isEmpty()) {
            ImageRecord best = null;
            for (ImageRecord image : rest)
                if (best == null || isBetter(image, best, shown, again))
                    best = image;
            if (added(best, shown) == 0 && !shown.isEmpty()) {
                shown.clear();
                again = true;
                continue;
            }
            chosen.add(best);
            rest.remove(best);
            shown.addAll(best.tags());
        }
        return chosen;
    }

    private static boolean isBetter(ImageRecord image, ImageRecord best, Set<String> shown, boolean again) {
        int more = added(image, shown) - added(best, shown);
        if (again && added(image, shown) > 0 && added(best, shown) > 0)
            more = 0;
        return more > 0 || more == 0 && image.tags().size() < best.tags().size();
    }

    /** How many tags an image adds; beyond three a strip of pictures is hard to read. */
    private static int added(ImageRecord image, Set<String> shown) {
        return (int) Math.min(3, image.tags().stream().distinct().filter(tag -> !shown.contains(tag)).count());
    }
}
