package io.github.palimpsest.background;

import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * The largest response of any of the image's tags; an image without tags is background. It says nothing that the maps
 * do not, but believes them where they are low.
 */
final class LowResponse implements BackgroundCue {

    @Override
    public Tensor of(Scene scene) {
        if (!scene.hasMaps())
            return BackgroundCues.filled(scene, 0);
        Tensor cue = Resize.bilinear(scene.response(), scene.height(), scene.width());
        for (int i = 0; i < cue.length(); i++)
            cue.data()[i] = Math.max(0, Math.min(1, cue.data()[i]));
        return cue;
    }
}
