package io.github.palimpsest.report;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;

/**
 * The image and the tag that stand for what the rounds of a run do. As many rounds as possible mined something of
 * it; it is in the larger half of those, to be seen well; and of these it is the one whose rounds took the most
 * usual shares. It is the typical one and not the best one: nothing here knows what is right.
 *
 * @param image its name in the run
 * @param tag one of the image's
 * @param area mined for the tag by all rounds, as a share of the image, 0..1
 * @param shares of that area by round, 0..1
 */
record TellingExample(String image, String tag, double area, double[] shares) {

    /** Few enough that a run on many large images need not be read as a whole. */
    private static final int CANDIDATES = 60;

    /** The one to show, from a bounded number of images; absent where nothing has been mined of any. */
    static Optional<TellingExample> of(RunFolder run, RunRecord record) {
        List<TellingExample> all = new ArrayList<>();
        for (ImageRecord image : Examples.choose(record.images(), CANDIDATES)) {
            if (!Files.isRegularFile(run.regions(image.name())))
                continue;
            LabelStack regions = LabelStack.read(run.regions(image.name()));
            for (int slice = 0; slice < regions.slices().size(); slice++)
                all.add(of(image.name(), regions.labels().get(slice), regions.slices().get(slice)));
        }
        int most = all.stream().mapToInt(TellingExample::rounds).max().orElse(0);
        if (most == 0)
            return Optional.empty();
        List<TellingExample> complete = all.stream().filter(example -> example.rounds() == most)
                .sorted(Comparator.comparingDouble(TellingExample::area).reversed()).toList();
        List<TellingExample> large = complete.subList(0, (complete.size() + 1) / 2);
        double[] usual = new double[256];
        for (TellingExample example : large)
            for (int round = 0; round < usual.length; round++)
                usual[round] += example.shares[round] / large.size();
        return large.stream().min(Comparator.comparingDouble(example -> example.distance(usual)));
    }

    private static TellingExample of(String image, String tag, byte[] roundOfPixel) {
        double[] shares = new double[256];
        int mined = 0;
        for (byte round : roundOfPixel)
            if (round != 0) {
                shares[round & 0xff]++;
                mined++;
            }
        for (int round = 0; round < shares.length; round++)
            shares[round] /= Math.max(1, mined);
        return new TellingExample(image, tag, (double) mined / roundOfPixel.length, shares);
    }

    /** How many rounds mined something of it. */
    int rounds() {
        int rounds = 0;
        for (double share : shares)
            rounds += share > 0 ? 1 : 0;
        return rounds;
    }

    private double distance(double[] usual) {
        double sum = 0;
        for (int round = 0; round < usual.length; round++)
            sum += Math.abs(shares[round] - usual[round]);
        return sum;
    }
}
