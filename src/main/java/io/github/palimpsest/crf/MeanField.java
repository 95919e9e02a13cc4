package io.github.palimpsest.crf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.palimpsest.task.Progress;

/**
 * Mean field of a dense CRF with Potts compatibility: Krähenbühl and Koltun, "Efficient inference in fully connected
 * CRFs with Gaussian edge potentials", NIPS 2011.
 * <p>
 * The marginals of a pixel sum to 1 and filters are linear, so the last label is never filtered: what it would get is
 * what a constant 1 gets, less what the others got. That is an eighth less work with eight labels and half with two.
 * The others are filtered in groups of eight at most.
 */
final class MeanField {

    private final int labels;
    private final int pixels;
    private final float[] prior;
    private final float[] total;
    private final List<Group> groups = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final Threads threads;

    /** Some labels, whose marginals lie side by side for each pixel, {@code channels} from one pixel to the next. */
    private record Group(int first, int labels, int channels, float[] marginals) {

        void take(PixelTile tile, int from, int count) {
            for (int label = 0; label < labels; label++) {
                float[] source = tile.marginals(first + label);
                for (int i = 0, to = from * channels + label; i < count; i++, to += channels)
                    marginals[to] = source[i];
            }
        }
    }

    /** What a group is told through a kernel. */
    private record Message(Group group, LatticeValues values, float factor) {

        void splat(int part) {
            values.splat(group.marginals, part);
        }

        void slice(int from, int count, PixelTile tile) {
            values.slice(factor, from, count, tile.messages(), group.first * PixelTile.SIZE);
        }
    }

    /** @param prior P, {@code labels × pixels}, none less than 1e-20; becomes the marginals at last */
    MeanField(int labels, float[] prior, Threads threads) {
        this.labels = labels;
        this.pixels = prior.length / labels;
        this.prior = prior;
        this.threads = threads;
        total = new float[pixels];
        int filtered = labels - 1;
        for (int first = 0; first < filtered; first += groups.get(groups.size() - 1).labels) {
            int channels = LatticeValues.channels(filtered - first);
            groups.add(new Group(first, Math.min(channels, filtered - first), channels, new float[pixels * channels]));
        }
    }

    /** Adds a kernel before anything runs. @param weight of its messages */
    void add(PermutohedralLattice lattice, double weight) {
        float factor = (float) weight * lattice.gain();
        LatticeValues ones = new LatticeSingles(lattice);
        float[] constant = new float[pixels];
        Arrays.fill(constant, 1);
        ones.filter(constant, threads);
        threads.over(pixels, (from, to) -> ones.slice(factor, from, to - from, total, from));
        for (Group group : groups)
            messages.add(new Message(group, LatticeValues.of(lattice, group.channels), factor));
    }

    /** Runs it. @return the marginals, {@code labels × pixels} */
    float[] run(int iterations, Progress progress) {
        update(List.of(), iterations == 0);
        for (int i = 1; i <= iterations; i++) {
            progress.check();
            int parts = LatticeValues.PARTS;
            threads.each(parts * messages.size(), part -> messages.get(part / parts).splat(part % parts));
            for (Message message : messages)
                message.values.blur(threads);
            update(messages, i == iterations);
            progress.report((double) i / iterations, "dense CRF");
        }
        return prior;
    }

    /** New marginals from the unary term and the messages. */
    private void update(List<Message> heard, boolean last) {
        int channels = groups.stream().mapToInt(Group::channels).sum();
        threads.over(pixels, (from, to) -> {
            PixelTile tile = new PixelTile(labels, channels);
            for (int first = from; first < to; first += PixelTile.SIZE) {
                int count = Math.min(PixelTile.SIZE, to - first);
                tile.clear();
                for (Message message : heard)
                    message.slice(first, count, tile);
                if (!heard.isEmpty())
                    tile.takeMessages(total, first, count);
                tile.softmax(prior, pixels, first, count);
                if (last)
                    for (int label = 0; label < labels; label++)
                        System.arraycopy(tile.marginals(label), 0, prior, label * pixels + first, count);
                else
                    for (Group group : groups)
                        group.take(tile, first, count);
            }
        });
    }
}
