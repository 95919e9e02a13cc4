package io.github.palimpsest.erasing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.LabelStack;
import io.github.palimpsest.store.MapStack;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.tensor.Resize;
import io.github.palimpsest.tensor.Tensor;

/**
 * Merges a round into the run: mines every tagged image's maps, keeps the accumulated maps, and erases. Whatever an earlier
 * attempt at this round wrote is overwritten with the same, so it can be done again after being killed.
 */
final class MiningStep {

    private final RoundContext context;
    private final RunFolder run;
    private final List<ImageRecord> sizes;
    private final int round;

    /** @param sizes of the context's images, in the same order */
    MiningStep(RoundContext context, List<ImageRecord> sizes, int round) {
        this.context = context;
        this.run = context.run();
        this.sizes = sizes;
        this.round = round;
    }

    /** Does it, and tells which share of the tagged images' pixels has been mined by now, for any tag, 0..1. */
    double merge(Progress progress) {
        List<Integer> tagged = indices(true);
        List<Integer> untagged = indices(false);
        long[] mined = new long[2];
        double split = (double) tagged.size() / context.images().size();
        context.pool().inOrder(tagged, (i, worker) -> mine(i), (pixels, k) -> {
            mined[0] += pixels;
            mined[1] += (long) sizes.get(tagged.get(k)).width() * sizes.get(tagged.get(k)).height();
        }, progress.part(0, split, ""), "mining");
        if (context.settings().eraseUntagged() && !tagged.isEmpty())
            context.pool().inOrder(untagged, (i, worker) -> eraseLikeAnother(i, tagged), (done, k) -> {},
                    progress.part(split, 1, ""), "erasing untagged images");
        return (double) mined[0] / mined[1];
    }

    private List<Integer> indices(boolean tagged) {
        return IntStream.range(0, sizes.size()).filter(i -> context.images().get(i).tags().isEmpty() != tagged).boxed().toList();
    }

    /** Mines and erases one image; returns its number of mined pixels. */
    private int mine(int index) {
        TaggedImage image = context.images().get(index);
        int width = sizes.get(index).width();
        int height = sizes.get(index).height();
        List<String> tags = context.namesOf(image);
        Tensor maps = MapStack.read(run.cam(round, image.name())).maps();
        accumulate(image, tags, maps);
        Tensor full = Resize.bilinear(maps, height, width);
        LabelStack before = before(run.regions(image.name()), tags, width, height);
        List<byte[]> regions = new ArrayList<>();
        BitSet ever = new BitSet();
        BitSet now = new BitSet();
        for (int k = 0; k < tags.size(); k++) {
            byte[] rounds = before.slices().get(k);
            BitSet earlier = nonZero(rounds);
            BitSet mined = context.settings().mining().mine(full.slice(k).data(), width, earlier, round);
            now.or(mined);
            ever.or(earlier);
            mined.stream().filter(p -> rounds[p] == 0).forEach(p -> rounds[p] = (byte) round);
            regions.add(rounds);
        }
        ever.or(now);
        new LabelStack(tags, width, height, regions).write(run.regions(image.name()));
        erase(image, width, height, now);
        return ever.cardinality();
    }

    private void accumulate(TaggedImage image, List<String> tags, Tensor maps) {
        Tensor accumulated = ScoreMaps.normalised(maps);
        Path file = run.accumulated(image.name());
        if (round > 1 && Files.exists(file)) {
            float[] earlier = MapStack.read(file).maps().data();
            for (int i = 0; i < earlier.length; i++)
                accumulated.data()[i] = Math.max(accumulated.data()[i], earlier[i]);
        }
        new MapStack(tags, accumulated).write(file);
    }

    /** What earlier rounds wrote to a stack, without this round's own values from an attempt that was cut off. */
    private LabelStack before(Path file, List<String> labels, int width, int height) {
        if (round == 1 || !Files.exists(file))
            return new LabelStack(labels, width, height, labels.stream().map(label -> new byte[width * height]).toList());
        LabelStack stack = LabelStack.read(file);
        for (byte[] slice : stack.slices())
            for (int i = 0; i < slice.length; i++)
                if ((slice[i] & 0xff) >= round)
                    slice[i] = 0;
        return stack;
    }

    private static BitSet nonZero(byte[] values) {
        BitSet set = new BitSet(values.length);
        for (int i = 0; i < values.length; i++)
            if (values[i] != 0)
                set.set(i);
        return set;
    }

    private void erase(TaggedImage image, int width, int height, BitSet region) {
        LabelStack erased = before(run.erased(image.name()), List.of("erased"), width, height);
        byte[] rounds = erased.slices().get(0);
        region.stream().filter(p -> rounds[p] == 0).forEach(p -> rounds[p] = (byte) round);
        erased.write(run.erased(image.name()));
    }

    /** Erases from an untagged image what this round erased from a tagged one, drawn at random, at this image's size. */
    private Void eraseLikeAnother(int index, List<Integer> tagged) {
        SplittableRandom random = Seed.random(context.seed(round, 'E'), index);
        LabelStack other = LabelStack.read(run.erased(context.images().get(tagged.get(random.nextInt(tagged.size()))).name()));
        int width = sizes.get(index).width();
        int height = sizes.get(index).height();
        BitSet region = new BitSet(width * height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) {
                int from = (y * other.height() / height) * other.width() + x * other.width() / width;
                if ((other.slices().get(0)[from] & 0xff) == round)
                    region.set(y * width + x);
            }
        erase(context.images().get(index), width, height, region);
        return null;
    }
}
