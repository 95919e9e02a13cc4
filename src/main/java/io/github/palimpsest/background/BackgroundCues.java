package io.github.palimpsest.background;

import java.util.Arrays;

import io.github.palimpsest.tensor.Tensor;

/** Makes background cues. */
public final class BackgroundCues {

    private BackgroundCues() {}

    /**
     * The cue of a kind.
     *
     * @throws io.github.palimpsest.task.UserException if the kind needs a folder and there is none
     */
    public static BackgroundCue of(CueKind kind, CueOptions options) {
        return switch (kind) {
            case RBD -> new RobustBackground();
            case OTSU, LI, TRIANGLE -> new ThresholdCue(GlobalThreshold.of(kind), options.ground());
            case LOCAL -> new ThresholdCue(new LocalThreshold(options.window()), options.ground());
            case LOW_RESPONSE -> new LowResponse();
            case FOLDER -> new FolderCue(options.folder());
            case NONE -> scene -> filled(scene, 0.5f);
        };
    }

    /** The same value for every pixel of a scene. */
    static Tensor filled(Scene scene, float value) {
        Tensor result = Tensor.zeros(1, scene.height(), scene.width());
        Arrays.fill(result.data(), value);
        return result;
    }
}
