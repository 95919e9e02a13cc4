package io.github.palimpsest.erasing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.palimpsest.tensor.Tensor;

class TagLossTest {

    @ParameterizedTest
    @EnumSource
    void slopesAreThoseOfTheLoss(TagLoss loss) {
        double h = 1e-5;
        for (double z : new double[] { -40, -3, -0.4, 0.3, 1, 2.5, 40 }) {
            for (boolean tagged : new boolean[] { true, false })
                assertEquals((loss.pooled(z + h, tagged) - loss.pooled(z - h, tagged)) / (2 * h), loss.pooledSlope(z, tagged), 1e-7);
            assertEquals((loss.negativeCell(z + h) - loss.negativeCell(z - h)) / (2 * h), loss.negativeCellSlope(z), 1e-7);
        }
    }

    @Test
    void logisticLossOfAConfidentMistakeIsItsScore() {
        assertEquals(800, TagLoss.LOGISTIC.pooled(800, false), 1e-9);
        assertEquals(1, TagLoss.LOGISTIC.pooledSlope(800, false), 1e-12);
        assertEquals(Math.log(2), TagLoss.LOGISTIC.pooled(0, true), 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void theGradientOfABatchOfMapsIsThatOfItsValue(TagLoss loss) {
        SplittableRandom random = new SplittableRandom(5);
        Tensor maps = Tensor.zeros(2, 3, 4, 5);
        for (int i = 0; i < maps.length(); i++)
            maps.data()[i] = (float) (4 * random.nextDouble() - 2);
        List<List<Integer>> tags = List.of(List.of(0, 2), List.of());
        Tensor gradient = MapLoss.of(maps, tags, loss, 3).gradient();
        for (int i = 0; i < maps.length(); i++) {
            float value = maps.data()[i];
            float h = 1f / 512;
            maps.data()[i] = value + h;
            double above = MapLoss.of(maps, tags, loss, 3).value();
            maps.data()[i] = value - h;
            double below = MapLoss.of(maps, tags, loss, 3).value();
            maps.data()[i] = value;
            assertEquals((above - below) / (2 * h), gradient.data()[i], 2e-4);
        }
    }

    @Test
    void denseNegativesPunishASingleHotCellMoreThanPoolingDoes() {
        Tensor hot = Tensor.zeros(1, 1, 10, 10);
        hot.data()[33] = 5;
        List<List<Integer>> absent = List.of(List.of());
        double pooledOnly = MapLoss.of(hot, absent, TagLoss.LOGISTIC, 0).gradient().data()[33];
        double dense = MapLoss.of(hot, absent, TagLoss.LOGISTIC, 1).gradient().data()[33];
        assertTrue(dense > 2 * pooledOnly - 1e-3 * pooledOnly && dense > pooledOnly);
        assertEquals(0.01 / (1 + Math.exp(-5)), dense - pooledOnly, 1e-6);
    }
}
