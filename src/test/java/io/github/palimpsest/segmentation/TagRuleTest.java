package io.github.palimpsest.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class TagRuleTest {

    private static float logit(double confidence) {
        return (float) Math.log(confidence / (1 - confidence));
    }

    @Test
    void everyTagAboveTheThresholdOrNone() {
        TagRule rule = new TagRule(false, 0.3);
        assertEquals(List.of(0, 2), rule.tags(new float[] {logit(0.31), logit(0.29), logit(0.9)}));
        assertEquals(List.of(), rule.tags(new float[] {logit(0.1), logit(0.2)}));
    }

    @Test
    void whereEveryTrainingImageHasOneTagTheMostLikelyOne() {
        TagRule rule = TagRule.of(List.of(List.of(0), List.of(1), List.of(0)), 0.3);
        assertEquals(List.of(1), rule.tags(new float[] {logit(0.05), logit(0.06)}));
        assertEquals(List.of(0), rule.tags(new float[] {logit(0.9), logit(0.8)}));
    }

    @Test
    void untaggedImagesOrSeveralTagsOrNoChoiceNeedTheThreshold() {
        for (List<List<Integer>> tags : List.of(List.of(List.of(0), List.<Integer>of()),
                List.of(List.of(0), List.of(0, 1)),
                List.of(List.of(0), List.of(0)), List.<List<Integer>>of()))
            assertEquals(new TagRule(false, 0.4), TagRule.of(tags, 0.4));
    }
}
