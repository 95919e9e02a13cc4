package io.github.palimpsest.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.palimpsest.store.Calibration;
import io.github.palimpsest.task.UserException;

/**
 * What a viewer shows, ready to be put on the screen.
 *
 * @param wish what was to be shown
 * @param picture the layers over each other
 * @param available layers of the image
 * @param preview what would be mined, or null where there is no such thing
 * @param calibration of the image
 * @param reading of the marked pixel, or null
 * @param problems sentences about what could not be read
 */
record Seen(Wish wish, BufferedImage picture, Set<Layer> available, MiningPreview preview, Calibration calibration,
        PixelReading reading, List<String> problems) {

    /**
     * What is to be shown.
     *
     * @param image its name
     * @param tag one of its tags; null if it has none
     * @param round a finished one; 0 if there is none
     * @param delta the live constant
     * @param style of the layers
     * @param outlined whether what would be mined is shown
     * @param tint how strongly, 0..1
     * @param x of the marked pixel; negative for none
     * @param y of it
     */
    record Wish(String image, String tag, int round, double delta, LayerStyle style, boolean outlined, double tint, int x,
            int y) {}

    /** Reads and paints; what cannot be read is left out and told. */
    static Seen of(RunLayers layers, Wish wish) {
        List<String> problems = new ArrayList<>();
        String image = wish.image();
        Set<Layer> available = EnumSet.noneOf(Layer.class);
        for (Layer layer : Layer.values())
            if (layers.has(layer, image))
                available.add(layer);
        MiningPreview preview = null;
        if (available.contains(Layer.CAM) && wish.tag() != null && wish.round() > 0)
            try {
                preview = MiningPreview.of(layers, image, wish.tag(), wish.round(), wish.delta());
            } catch (UserException e) {
                problems.add(e.getMessage());
            }
        BufferedImage picture = LayerPainter.paint(layers, image, wish.tag(), wish.round(), wish.style(),
                wish.outlined() ? preview : null, wish.tint(), problems::add);
        PixelReading reading = null;
        if (wish.x() >= 0)
            try {
                reading = PixelReading.of(layers, image, wish.x(), wish.y());
            } catch (UserException e) {
                problems.add(e.getMessage());
            }
        return new Seen(wish, picture, available, preview, layers.calibration(image), reading,
                problems.stream().distinct().toList());
    }
}
