package io.github.palimpsest.crf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.palimpsest.task.CancellableProgress;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

class DenseCrfTest {

    private static final CrfSettings SOFT = new CrfSettings(5, 1, 3, 2, 12, 30);

    @ParameterizedTest
    @CsvSource({ "1, 2", "3, 2", "3, 5", "5, 3" })
    void labelsAreThoseOfTheExactMeanField(int channels, int labels) {
        Tensor image = Crfs.disc(channels, 24, 30, 1);
        Tensor guesses = Crfs.guesses(image, labels, 2);
        Tensor exact = new ExactMeanField(SOFT, image).run(guesses, 5);
        Tensor marginals = new DenseCrf(SOFT).refine(image, guesses, 1);
        assertTrue(Crfs.agreement(exact, marginals) >= 0.98, "agreement " + Crfs.agreement(exact, marginals));
        assertTrue(Crfs.agreement(exact, guesses) < 0.95, "the CRF has something to do");
    }

    /** The lattice's kernel only resembles a Gaussian; over a whole neighbourhood the differences cancel. */
    @Test
    void oneIterationIsNearTheExactOne() {
        CrfSettings once = new CrfSettings(1, 1, 3, 1, 12, 30);
        Tensor image = Crfs.disc(3, 24, 30, 3);
        Tensor guesses = Crfs.guesses(image, 3, 4);
        Tensor exact = new ExactMeanField(once, image).run(guesses, 1);
        assertEquals(0, Crfs.difference(exact, new DenseCrf(once).refine(image, guesses, 1)), 0.03);
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 3, 8 })
    void threadsDoNotMatter(int labels) {
        Tensor image = Crfs.disc(3, 150, 170, 5);
        Tensor guesses = Crfs.guesses(image, labels, 6);
        DenseCrf crf = new DenseCrf(CrfSettings.DEFAULT);
        float[] one = crf.refine(image, guesses, 1).data();
        assertArrayEquals(one, crf.refine(image, guesses, 2).data(), 0f);
        assertArrayEquals(one, crf.refine(image, guesses, 5).data(), 0f);
    }

    @Test
    void theOrderOfLabelsDoesNotMatter() {
        Tensor image = Crfs.disc(3, 40, 50, 7);
        Tensor guesses = Crfs.guesses(image, 4, 8);
        Tensor marginals = new DenseCrf(SOFT).refine(image, guesses, 1);
        int[] order = { 2, 3, 1, 0 };
        Tensor turned = new DenseCrf(SOFT).refine(image, permuted(guesses, order), 1);
        assertEquals(0, Crfs.difference(permuted(marginals, order), turned), 1e-5);
    }

    @Test
    void marginalsSumToOne() {
        Tensor image = Crfs.disc(3, 40, 50, 9);
        Tensor marginals = new DenseCrf(CrfSettings.DEFAULT).refine(image, Crfs.guesses(image, 21, 10), 1);
        for (int i = 0; i < 40 * 50; i++) {
            double sum = 0;
            for (int l = 0; l < 21; l++)
                sum += marginals.data()[l * 2000 + i];
            assertEquals(1, sum, 1e-5);
        }
    }

    /** A pixel alone hears only itself: K is 1 and normalised to 1, so each iteration adds the weights times Q. */
    @Test
    void onePixelIsAClosedForm() {
        Tensor marginals = new DenseCrf(new CrfSettings(1, 1, 3, 2, 12, 30)).refine(
                Tensor.of(new float[] { 7, 8, 9 }, 3, 1, 1), Tensor.of(new float[] { 0.6f, 0.4f }, 2, 1, 1), 1);
        double a = 0.6 * Math.exp(3 * 0.6);
        double b = 0.4 * Math.exp(3 * 0.4);
        assertEquals(a / (a + b), marginals.data()[0], 1e-6);
    }

    @Test
    void oneLabelIsCertain() {
        Tensor image = Crfs.disc(1, 5, 6, 11);
        Tensor marginals = new DenseCrf(CrfSettings.DEFAULT).refine(image, Crfs.guesses(image, 1, 12), 1);
        for (float marginal : marginals.data())
            assertEquals(1, marginal);
    }

    @Test
    void withoutKernelsOrIterationsProbabilitiesOnlyGetTheSumOne() {
        Tensor image = Crfs.disc(1, 5, 6, 13);
        Tensor guesses = Crfs.guesses(image, 3, 14);
        Tensor doubled = guesses.copy();
        for (int i = 0; i < doubled.length(); i++)
            doubled.data()[i] *= 2;
        for (CrfSettings nothing : List.of(new CrfSettings(5, 0, 3, 0, 50, 5), new CrfSettings(0, 3, 3, 4, 50, 5)))
            assertEquals(0, Crfs.difference(guesses, new DenseCrf(nothing).refine(image, doubled, 1)), 1e-6);
    }

    @Test
    void extremeProbabilitiesGiveNumbers() {
        Tensor image = Crfs.disc(3, 20, 20, 15);
        Tensor hard = Tensor.zeros(3, 20, 20);
        for (int i = 0; i < 400; i++)
            hard.data()[i % 3 * 400 + i] = i % 2 == 0 ? 1 : Float.MIN_VALUE;
        Tensor marginals = new DenseCrf(new CrfSettings(10, 1000, 3, 1000, 50, 5)).refine(image, hard, 1);
        for (float marginal : marginals.data())
            assertTrue(marginal >= 0 && marginal <= 1.00001f, "" + marginal);
    }

    /** Positions far apart on a fine lattice need keys of several words. */
    @Test
    void manyChannelsAndTinyDeviationsWork() {
        CrfSettings fine = new CrfSettings(3, 1, 0.1, 1, 0.5, 0.1);
        Tensor image = Crfs.disc(12, 12, 14, 17);
        Tensor guesses = Crfs.guesses(image, 2, 18);
        Tensor exact = new ExactMeanField(fine, image).run(guesses, 3);
        assertEquals(0, Crfs.difference(exact, new DenseCrf(fine).refine(image, guesses, 2)), 0.01);
    }

    @ParameterizedTest
    @ValueSource(floats = { Float.NaN, -0.1f, Float.POSITIVE_INFINITY })
    void whatIsNoProbabilityIsRefused(float value) {
        Tensor image = Crfs.disc(1, 4, 4, 19);
        Tensor guesses = Crfs.guesses(image, 2, 20);
        guesses.data()[5] = value;
        UserException e = assertThrows(UserException.class, () -> new DenseCrf(SOFT).refine(image, guesses, 1));
        assertTrue(e.getMessage().contains("" + value), e.getMessage());
    }

    @Test
    void imagesWithoutNumbersAreRefused() {
        Tensor image = Crfs.disc(1, 4, 4, 21);
        Tensor guesses = Crfs.guesses(image, 2, 22);
        image.data()[3] = Float.NaN;
        assertThrows(UserException.class, () -> new DenseCrf(SOFT).refine(image, guesses, 1));
    }

    @Test
    void sizesThatDifferAreNamed() {
        UserException e = assertThrows(UserException.class, () -> new DenseCrf(SOFT).refine(Tensor.zeros(3, 4, 5),
                Tensor.zeros(2, 4, 6), 1));
        assertTrue(e.getMessage().contains("5×4") && e.getMessage().contains("6×4"), e.getMessage());
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertTrue(assertThrows(UserException.class, () -> new CrfSettings(-1, 3, 3, 4, 50, 5)).getMessage()
                .contains("iterations"));
        assertTrue(assertThrows(UserException.class, () -> new CrfSettings(1, 3, Double.NaN, 4, 50, 5)).getMessage()
                .contains("smoothness distance"));
        assertTrue(assertThrows(UserException.class, () -> new CrfSettings(1, 3, 3, 4, 50, 0)).getMessage()
                .contains("appearance colour"));
    }

    @Test
    void canBeCancelled() {
        Tensor image = Crfs.disc(1, 4, 4, 23);
        CancellableProgress progress = new CancellableProgress(() -> true);
        Tensor guesses = Crfs.guesses(image, 2, 24);
        assertThrows(CancelledException.class, () -> new DenseCrf(SOFT).refine(image, guesses, 1, progress));
    }

    private static Tensor permuted(Tensor labels, int[] order) {
        Tensor permuted = Tensor.zeros(labels.shape());
        int n = labels.length() / order.length;
        for (int l = 0; l < order.length; l++)
            System.arraycopy(labels.data(), order[l] * n, permuted.data(), l * n, n);
        return permuted;
    }
}
