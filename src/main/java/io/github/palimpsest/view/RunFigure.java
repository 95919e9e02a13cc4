package io.github.palimpsest.view;

import java.nio.file.Path;
import java.util.Optional;

import io.github.palimpsest.dataset.ImageReader;
import io.github.palimpsest.report.RoundsFigure;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;

/** The figure of one image and tag, from the image over where each round looks to what it erases, as a PNG. */
public final class RunFigure {

    private RunFigure() {}

    /**
     * Writes it with all finished rounds.
     *
     * @param tag the image's first if there is none
     * @throws UserException if the run has no such image, tag or no finished round, a file is missing or damaged, or the figure
     *             cannot be written or its name is that of another kind of file
     */
    public static void write(RunLayers layers, String image, Optional<String> tag, Path png) {
        OutputName.require(png, "figure", ".png");
        layers.requireOutside(png);
        ImageRecord known = layers.image(image);
        if (known.tags().isEmpty())
            throw new UserException("The image " + image + " has no tag, so no round looks for anything in it. Choose another.");
        String shown = tag.orElse(known.tags().get(0));
        layers.accumulated(image, shown);
        if (layers.rounds() == 0)
            throw new UserException("The run in " + layers.run().root() + " has finished no round yet: wait for the first.");
        layers.colours(image);
        RoundsFigure.write(layers.run(), image, ImageReader.read(layers.file(image)), shown, layers.rounds(), png);
    }
}
