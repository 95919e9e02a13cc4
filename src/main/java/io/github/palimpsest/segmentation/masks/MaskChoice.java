package io.github.palimpsest.segmentation.masks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.palimpsest.background.BackgroundCue;
import io.github.palimpsest.background.BackgroundCues;
import io.github.palimpsest.background.BackgroundScore;
import io.github.palimpsest.background.CueKind;
import io.github.palimpsest.background.ExplainableMasks;
import io.github.palimpsest.background.Ground;
import io.github.palimpsest.background.GroundVote;
import io.github.palimpsest.background.Scene;
import io.github.palimpsest.background.ThresholdCue;
import io.github.palimpsest.dataset.TaggedImage;
import io.github.palimpsest.store.RunFolder;
import io.github.palimpsest.store.RunRecord;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.Seed;
import io.github.palimpsest.task.SettingsText;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.task.WorkerPool;
import io.github.palimpsest.tensor.Tensor;

/**
 * Chooses from tags alone what training masks are made of: in which way, of how many rounds, with which background cue, and the
 * constants of the background's score. Every choice that the settings leave open is tried on a coarse grid of cells, without a
 * CRF, by how well features explain the masks ({@link ExplainableMasks}); {@link TriedMasks} says which of them is taken.
 */
public final class MaskChoice {

    /** The scores that are tried where the cue says nothing. */
    static final List<Double> SCORES = List.of(.3, .4, .5, .6);

    /** The weights of the cue that are tried. */
    static final List<Double> WEIGHTS = List.of(.2, .4, .6);

    private static final int MOST_IMAGES = 400;

    /** What people try first. */
    private static final CueKind PLAIN = CueKind.OTSU;

    private final RunScenes scenes;
    private final MaskSettings settings;
    private final List<CueKind> kinds;
    // Those of the kinds that are tried, and that of plain thresholding behind them unless it is among them.
    private final Map<CueKind, BackgroundCue> cues = new LinkedHashMap<>();
    private final long seed;

    /**
     * @param record of that run
     * @param settings whose open choices are tried; what is not open stays
     * @param seed draws the images that are looked at
     * @throws UserException if a folder of maps that the settings name does not exist
     */
    public MaskChoice(RunFolder run, RunRecord record, MaskSettings settings, long seed) {
        this.scenes = new RunScenes(run, record);
        this.settings = settings;
        this.seed = seed;
        this.kinds = kinds(settings);
        for (CueKind kind : kinds)
            cues.put(kind, cue(kind, settings));
        cues.computeIfAbsent(PLAIN, kind -> cue(kind, settings));
    }

    private static List<CueKind> kinds(MaskSettings settings) {
        if (settings.kind() != null)
            return List.of(settings.kind());
        List<CueKind> kinds = new ArrayList<>(List.of(CueKind.RBD, CueKind.OTSU));
        // In the paper's way only a cue makes background: without one there would be none.
        if (settings.way() != MaskSettings.Way.PAPER)
            kinds.add(0, CueKind.NONE);
        if (settings.options().folder() != null)
            kinds.add(CueKind.FOLDER);
        return List.copyOf(kinds);
    }

    /** Where the ground is open, the dark one is computed; the other is its opposite. */
    private static BackgroundCue cue(CueKind kind, MaskSettings settings) {
        boolean open = MaskSettings.isThreshold(kind) && settings.options().ground() == Ground.AUTO;
        return BackgroundCues.of(kind, open ? settings.options().withGround(Ground.DARK) : settings.options());
    }

    /**
     * Tries and chooses.
     *
     * @param images of the run; at most 400 of those that have tags are looked at
     * @param rounds numbers of merged rounds to try, where the settings leave it open; not empty. Give one where the
     *            rounds are known to be good: masks of more rounds can be explained less well and yet teach more.
     * @param features of a middle depth, finer than the grid, so of small images at a larger scale: with one feature a cell the
     *            choice was poor
     * @throws UserException if there are fewer than two images with tags, or one cannot be read
     */
    public TriedMasks choose(List<TaggedImage> images, List<Integer> rounds, ImageFeatures features, WorkerPool pool,
            Progress progress) {
        List<TaggedImage> looked = sample(images);
        if (looked.size() < 2)
            throw new UserException("Two images with tags are needed to choose a background from them, but there "
                    + (looked.isEmpty() ? "are none" : "is one")
                    + ". Give masks=crf, background, background_score and background_weight, or more images.");
        return looked(looked, rounds, features, pool, progress.part(0, .8, "")).result(pool, progress.part(.8, 1, ""));
    }

    /**
     * Only what thresholds alone would give, where nothing is to be chosen.
     *
     * @param images of the run; at most 400 of those that have tags are looked at
     * @return empty where there are fewer than two images with tags
     * @throws UserException if an image cannot be read
     */
    public List<PlainMasks> plain(List<TaggedImage> images, ImageFeatures features, WorkerPool pool, Progress progress) {
        List<TaggedImage> looked = sample(images);
        if (looked.size() < 2)
            return List.of();
        Trial trial = looked(looked, List.of(0), features, pool, progress);
        return trial.plain(trial.criterion());
    }

    private Trial looked(List<TaggedImage> images, List<Integer> rounds, ImageFeatures features, WorkerPool pool,
            Progress progress) {
        List<Integer> open = settings.merge() > 0 ? List.of(settings.merge()) : rounds;
        List<Integer> merged = open.stream().map(scenes.maps()::resolve).toList();
        cues.values().forEach(cue -> cue.requireAll(images.stream().map(TaggedImage::name).toList()));
        Trial trial = new Trial(merged, images.size());
        pool.inOrder(images, (image, worker) -> look(image, merged, features.of(image, worker)), trial::add, progress,
                "choosing the background");
        return trial;
    }

    private List<TaggedImage> sample(List<TaggedImage> images) {
        List<TaggedImage> tagged = images.stream().filter(image -> !image.tags().isEmpty()).toList();
        int[] order = Seed.shuffled(tagged.size(), Seed.random(seed, 'B'));
        return Arrays.stream(order).limit(MOST_IMAGES).sorted().mapToObj(tagged::get).toList();
    }

    /** What is kept of an image, and for each cue its votes for a dark and for a bright ground. */
    private record Look(ImageCells cells, int[][] votes) {}

    private Look look(TaggedImage image, List<Integer> merged, Tensor features) {
        ImageRecord record = scenes.record(image);
        List<Tensor> maps = merged.stream().map(rounds -> scenes.maps().maps(record, rounds)).toList();
        // The ground is voted on by the most rounds' maps, which cover most of the objects.
        Scene scene = scenes.scene(image, merged.stream().mapToInt(r -> r).max().orElseThrow());
        List<Tensor> seen = new ArrayList<>();
        List<int[]> votes = new ArrayList<>();
        for (BackgroundCue cue : cues.values()) {
            seen.add(cue.of(scene));
            GroundVote vote = new GroundVote();
            if (settings.options().ground() == Ground.AUTO && cue instanceof ThresholdCue threshold)
                vote.add(threshold, scene);
            votes.add(new int[] {vote.dark(), vote.bright()});
        }
        return new Look(ImageCells.of(features, maps, settings.gamma(), seen), votes.toArray(int[][]::new));
    }

    /** All images' cells, and what is tried on them. */
    private final class Trial {

        private final List<Integer> merged;
        private final List<ImageCells> images;
        private final int[][] votes = new int[cues.size()][2];

        Trial(List<Integer> merged, int images) {
            this.merged = merged;
            this.images = new ArrayList<>(images);
        }

        void add(Look look, int index) {
            images.add(look.cells);
            for (int cue = 0; cue < votes.length; cue++)
                for (int side = 0; side < 2; side++)
                    votes[cue][side] += look.votes[cue][side];
        }

        ExplainableMasks criterion() {
            return new ExplainableMasks(images.stream().map(ImageCells::features).toList(), seed);
        }

        TriedMasks result(WorkerPool pool, Progress progress) {
            ExplainableMasks criterion = criterion();
            List<Candidate> candidates = new ArrayList<>();
            for (int r = 0; r < merged.size(); r++)
                for (int c = 0; c < kinds.size(); c++)
                    candidates.addAll(candidates(r, c));
            List<ChosenMasks> tried = new ArrayList<>();
            pool.inOrder(candidates, (candidate, worker) -> tried(candidate, criterion), (one, i) -> tried.add(one),
                    progress, "choosing the background");
            return TriedMasks.of(tried, settings.way(), images.size(), plain(criterion));
        }

        List<PlainMasks> plain(ExplainableMasks criterion) {
            int cue = List.copyOf(cues.keySet()).indexOf(PLAIN);
            boolean otherSide = isOtherSide(cue);
            List<byte[]> labels = images.stream().map(image -> image.plainLabels(cue, otherSide)).toList();
            double foreground = images.stream().mapToDouble(image -> image.plainShare(cue, otherSide)).average()
                    .orElse(Double.NaN);
            return List.of(new PlainMasks(PLAIN, ground(cue), foreground, criterion.explained(labels)));
        }

        private List<Candidate> candidates(int r, int c) {
            boolean silent = kind(c) == CueKind.NONE;
            List<Double> weights = settings.w() != null ? List.of(settings.w()) : silent ? List.of(0.0) : WEIGHTS;
            List<Candidate> candidates = new ArrayList<>();
            for (double a : settings.a() != null ? List.of(settings.a()) : SCORES)
                for (double w : weights)
                    candidates.add(new Candidate(r, c, new BackgroundScore(a, w)));
            return candidates;
        }

        private CueKind kind(int cue) {
            return List.copyOf(cues.keySet()).get(cue);
        }

        /** The ground that most images voted for; the given one where it was given. */
        private Ground ground(int cue) {
            if (!MaskSettings.isThreshold(kind(cue)))
                return Ground.AUTO;
            if (settings.options().ground() != Ground.AUTO)
                return settings.options().ground();
            return votes[cue][1] > votes[cue][0] ? Ground.BRIGHT : Ground.DARK;
        }

        /** Where the ground was open, the cue is that of the dark one. */
        private boolean isOtherSide(int cue) {
            return ground(cue) == Ground.BRIGHT && settings.options().ground() == Ground.AUTO;
        }

        private ChosenMasks tried(Candidate candidate, ExplainableMasks criterion) {
            boolean otherSide = isOtherSide(candidate.cue);
            List<byte[]> labels = images.stream()
                    .map(image -> image.labels(candidate.rounds, candidate.cue, otherSide, candidate.score)).toList();
            double foreground = images.stream().mapToDouble(
                    image -> image.share(candidate.rounds, candidate.cue, otherSide, candidate.score)).average().orElseThrow();
            return new ChosenMasks(MaskSettings.Way.CRF, kind(candidate.cue), ground(candidate.cue), candidate.score.a(),
                    candidate.score.w(), merged.get(candidate.rounds), foreground, criterion.explained(labels));
        }
    }

    /** Indices into the numbers of rounds and the cues, and a score. */
    private record Candidate(int rounds, int cue, BackgroundScore score) {}
}
