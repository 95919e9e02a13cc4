package io.github.palimpsest.background;

import java.util.OptionalDouble;

import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * A grey-level threshold: 0 on the side of the ground, 1 on the other, of the {@link Luminance}. No ramp lies between
 * them: how sure a threshold may be is for the score to say. A picture without any contrast gets .5, as nothing can be
 * said.
 * <p>
 * With {@link Ground#AUTO} the side to which the picture's maps respond less is the ground; a picture without maps, or
 * with equal responses, takes its larger side. A folder usually has one kind of ground: {@link #settled} finds it by
 * the {@link GroundVote} of all pictures, and {@link #withGround} fixes it.
 */
public final class ThresholdCue implements BackgroundCue {

    private final Split split;
    private final Ground ground;

    ThresholdCue(Split split, Ground ground) {
        this.split = split;
        this.ground = ground;
    }

    /** Which side is the ground. */
    public Ground ground() {
        return ground;
    }

    /** The same threshold with this side as the ground of every picture. */
    public ThresholdCue withGround(Ground fixed) {
        return new ThresholdCue(split, fixed);
    }

    @Override
    public ThresholdCue settled(Iterable<Scene> scenes) {
        if (ground != Ground.AUTO)
            return this;
        GroundVote vote = new GroundVote();
        for (Scene scene : scenes)
            vote.add(this, scene);
        return withGround(vote.result());
    }

    @Override
    public Tensor of(Scene scene) {
        boolean[] bright = bright(scene);
        if (bright == null)
            return BackgroundCues.filled(scene, 0.5f);
        boolean brightIsGround = ground == Ground.AUTO ? groundOf(scene, bright) == Ground.BRIGHT
                : ground == Ground.BRIGHT;
        Tensor cue = Tensor.zeros(1, scene.height(), scene.width());
        for (int i = 0; i < bright.length; i++)
            cue.data()[i] = bright[i] == brightIsGround ? 0 : 1;
        return cue;
    }

    /**
     * How much more the picture's maps respond to the bright side than to the dark one, by the means of the largest
     * response of any tag; empty without maps or without contrast.
     */
    OptionalDouble brightSidesLead(Scene scene) {
        boolean[] bright = scene.hasMaps() ? bright(scene) : null;
        return bright == null ? OptionalDouble.empty() : OptionalDouble.of(lead(scene, bright));
    }

    private boolean[] bright(Scene scene) {
        return split.bright(Luminance.of(scene.rgb()), scene.height(), scene.width());
    }

    private static Ground groundOf(Scene scene, boolean[] bright) {
        double lead = scene.hasMaps() ? lead(scene, bright) : 0;
        if (lead != 0)
            return lead > 0 ? Ground.DARK : Ground.BRIGHT;
        int count = 0;
        for (boolean one : bright)
            count += one ? 1 : 0;
        return 2L * count > bright.length ? Ground.BRIGHT : Ground.DARK;
    }

    private static double lead(Scene scene, boolean[] bright) {
        float[] response = Resize.bilinear(scene.response(), scene.height(), scene.width()).data();
        double brightSum = 0;
        double darkSum = 0;
        int count = 0;
        for (int i = 0; i < bright.length; i++)
            if (bright[i]) {
                brightSum += response[i];
                count++;
            } else {
                darkSum += response[i];
            }
        return brightSum / count - darkSum / (bright.length - count);
    }
}
