package io.github.palimpsest.background;

import java.util.OptionalDouble;

/**
 * Decides which side of a threshold is the ground of a whole set of pictures: every picture with maps has one vote, for
 * the side to which its maps respond less. The order of the pictures does not matter.
 */
public final class GroundVote {

    private int dark;
    private int bright;

    /** Takes a picture's vote; one without maps, without contrast or of equal responses abstains. */
    public void add(ThresholdCue cue, Scene scene) {
        OptionalDouble lead = cue.brightSidesLead(scene);
        if (lead.isPresent() && lead.getAsDouble() != 0) {
            if (lead.getAsDouble() > 0)
                dark++;
            else
                bright++;
        }
    }

    /** Votes for a dark ground. */
    public int dark() {
        return dark;
    }

    /** Votes for a bright ground. */
    public int bright() {
        return bright;
    }

    /** What most pictures say, {@link Ground#DARK} if as many say this as that; {@link Ground#AUTO} if none votes. */
    public Ground result() {
        if (dark + bright == 0)
            return Ground.AUTO;
        return bright > dark ? Ground.BRIGHT : Ground.DARK;
    }
}
