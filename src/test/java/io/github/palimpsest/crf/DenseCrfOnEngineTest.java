package io.github.palimpsest.crf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.palimpsest.engine.Engine;
import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.tensor.Tensor;

/**
 * The mean field on arrays of the engine. There is no GPU where the tests run: its CPU backend computes the same
 * operations.
 */
class DenseCrfOnEngineTest {

    private static final Engine ENGINE = Engines.start(new EngineSettings(EngineSettings.Device.CPU, 2, 4L << 30));

    @ParameterizedTest
    @CsvSource({ "3, 2, 10", "3, 5, 10", "1, 3, 5", "4, 2, 0" })
    void equalsThePlainOne(int channels, int labels, int iterations) {
        CrfSettings settings = new CrfSettings(iterations, 3, 3, 4, 50, 20);
        Tensor image = Crfs.disc(channels, 60, 70, 1);
        Tensor guesses = Crfs.guesses(image, labels, 2);
        Tensor plain = new DenseCrf(settings).refine(image, guesses, 1);
        Tensor onEngine = DenseCrf.through(settings, ENGINE).refine(image, guesses, 2);
        assertEquals(0, Crfs.difference(plain, onEngine), 1e-4);
    }

    @Test
    void isOnlyUsedOnAGpu() {
        assertFalse(DenseCrf.on(CrfSettings.DEFAULT, ENGINE).usesDevice());
        assertTrue(DenseCrf.through(CrfSettings.DEFAULT, ENGINE).usesDevice());
    }

    @Test
    void canBeCancelled() {
        Tensor image = Crfs.disc(1, 8, 8, 3);
        assertThrows(CancelledException.class, () -> DenseCrf.through(CrfSettings.DEFAULT, ENGINE).refine(image,
                Crfs.guesses(image, 2, 4), 1, new CancellableProgress(() -> true)));
    }
}
