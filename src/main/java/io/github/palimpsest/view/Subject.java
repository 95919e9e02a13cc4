package io.github.palimpsest.view;

import java.util.List;
import java.util.Optional;

import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;

/**
 * What is looked at.
 *
 * @param image one of the run's
 * @param tag one of the image's; none if it has none
 */
public record Subject(ImageRecord image, Optional<String> tag) {

    /**
     * Chooses what was not said: the first image that has tags, or the tag that was said, and its first tag.
     *
     * @param image its name in the run
     * @throws UserException if the run has no such image or no images at all, or not the tag
     */
    public static Subject choose(RunLayers layers, Optional<String> image, Optional<String> tag) {
        List<ImageRecord> images = layers.record().images();
        if (images.isEmpty())
            throw new UserException("The run in " + layers.run().root() + " has no images, so there is nothing to see.");
        if (tag.isPresent() && !layers.record().tags().contains(tag.get()))
            throw new UserException("The run in " + layers.run().root() + " has no tag " + tag.get() + ". Its tags are "
                    + String.join(", ", layers.record().tags()) + ".");
        ImageRecord chosen = image.map(layers::image).orElseGet(() -> images.stream()
                .filter(one -> tag.isPresent() ? one.tags().contains(tag.get()) : !one.tags().isEmpty()).findFirst()
                .orElse(images.get(0)));
        if (tag.isPresent() && !chosen.tags().contains(tag.get()))
            throw new UserException("The image " + chosen.name() + " has not the tag " + tag.get() + ", but "
                    + (chosen.tags().isEmpty() ? "none" : String.join(", ", chosen.tags())) + ".");
        return new Subject(chosen, tag.or(() -> chosen.tags().stream().findFirst()));
    }
}
