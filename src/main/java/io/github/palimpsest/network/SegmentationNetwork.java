package io.github.palimpsest.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.palimpsest.engine.NetworkSpec;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.tensor.Tensor;

/**
 * A trunk that gives every cell of an image a label. It has three outputs: {@link #SEGMENTATION},
 * {@link #CLASSIFICATION} and {@link #TAGS}. Which of its parts are computed once and which are trained is a matter of
 * {@link Training}; a node has the same name and weights in every part.
 *
 * @param trunk which reads the image
 * @param head what lies between the trunk and the labels
 * @param tags how many tags there are, at least 1
 */
public record SegmentationNetwork(Trunk trunk, Head head, int tags) {

    /** Logits of the labels, {@code N×(tags+1)×h×w}: the background first, then the tags in their order. */
    public static final String SEGMENTATION = "segmentation";

    /** Logits of the tags, {@code N×tags×1×1}, from what the head reads: the branch by which labels are prohibited. */
    public static final String CLASSIFICATION = "classification";

    /**
     * Logits of the tags, {@code N×tags×1×1}, from the mean of the trunk's features. Trained on its own:
     * {@link #tagHead}.
     */
    public static final String TAGS = "tags";

    private static final String IMAGE = "image";

    /** What lies between a trunk and the labels. */
    public enum Head {
        /**
         * That of DeepLab-LargeFOV (Chen et al., TPAMI 2018), as in the paper on adversarial erasing: a 3×3 convolution
         * of dilation 12 and one of 1×1, 1024 channels each, on the trunk's features. On VGG16 its two last pools come
         * before.
         */
        LARGE_FOV,
        /**
         * A light head on features of several depths, made for trunks that do not learn: the
         * {@linkplain Taps#deep deep} ones, their surroundings at three distances and their mean, then refined by the
         * {@linkplain Taps#shallow shallow} one.
         */
        MULTI_DEPTH
    }

    public SegmentationNetwork {
        if (tags < 1)
            throw new IllegalArgumentException("a head needs at least one tag, not " + tags);
    }

    /** From the image to {@link #SEGMENTATION} and {@link #TAGS}: what a finished model computes. */
    public NetworkSpec whole() {
        return everything().part(List.of(IMAGE), List.of(SEGMENTATION, TAGS));
    }

    /**
     * The nodes of the trunk from which on the network is trained, or {@code image}. They are the inputs of
     * {@link #trained}.
     */
    public List<String> inputsOf(Training training) {
        if (training == Training.FULL)
            return List.of(IMAGE);
        List<String> read = new ArrayList<>(tapsOfHead());
        if (training == Training.LAST) {
            Set<String> above = above(trunk.taps().lastBlocks());
            read.removeIf(above::contains);
            if (!read.contains(trunk.taps().lastBlocks()))
                read.add(0, trunk.taps().lastBlocks());
        }
        return List.copyOf(read);
    }

    /**
     * From the image to the {@link #inputsOf} a training, which do not change while it goes on and can be kept, and to
     * more nodes of the trunk, such as its features or {@link Taps#middle}. Nodes named twice are given out once.
     *
     * @throws IllegalArgumentException for {@link Training#FULL}, which begins with the image
     */
    public NetworkSpec features(Training training, String... more) {
        if (training == Training.FULL)
            throw new IllegalArgumentException("a training of the whole network has no features to keep");
        Set<String> nodes = new LinkedHashSet<>(inputsOf(training));
        nodes.addAll(List.of(more));
        return trunk.spec().part(List.of(IMAGE), List.copyOf(nodes));
    }

    /** From the {@link #inputsOf} a training to {@link #SEGMENTATION} and {@link #CLASSIFICATION}: what is trained. */
    public NetworkSpec trained(Training training) {
        return everything().part(inputsOf(training), List.of(SEGMENTATION, CLASSIFICATION));
    }

    /** From the trunk's features, or their mean {@code N×C×1×1}, to {@link #TAGS}. */
    public NetworkSpec tagHead() {
        return everything().part(List.of(trunk.features()), List.of(TAGS));
    }

    /**
     * The nodes of {@link #trained} that do not learn: the {@link #standardisations}, and in a trunk with published
     * weights batch norm, whose statistics are those of a training set far larger than a batch. A network that is
     * trained from scratch must have its batch norm learn in {@link Training#FULL}.
     */
    public Set<String> frozen(Training training) {
        boolean keepsStatistics = training != Training.FULL || trunk.backbone().published().isPresent();
        return trained(training).nodes().values().stream()
            .filter(n -> n.operation() instanceof BatchNormalization)
            .map(NetworkSpec.Node::name)
            .filter(name -> keepsStatistics || standardisations().containsKey(name))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The nodes of every {@link #trained} part that learn from fresh weights, and so usually at a higher rate than the
     * trunk.
     */
    public Set<String> newNodes() {
        return trained(Training.HEAD).nodes().values().stream()
            .filter(n -> n.operation() instanceof Convolution || n.operation() instanceof DepthwiseConvolution)
            .map(NetworkSpec.Node::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The nodes that standardise what the head reads, and what each reads. They are batch norms that never learn; their
     * {@code mean} and {@code variance} are to be set to those of the training images, channel by channel.
     */
    public Map<String, String> standardisations() {
        Map<String, String> taps = new LinkedHashMap<>();
        if (head == Head.MULTI_DEPTH)
            for (String tap : tapsOfHead())
                taps.put(SegmentationHead.standardisation(tap), tap);
        return taps;
    }

    /**
     * The first weights of those new nodes for which He's, which the engine gives, are not right: the outputs begin
     * with zeros, so that at first every label is as likely as another whatever the scale of the features.
     */
    public Map<String, Tensor> initialWeights() {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        Map<String, int[]> shapes = everything().weights();
        for (String output : List.of(SEGMENTATION, CLASSIFICATION, TAGS))
            for (String weight : List.of(output + "/kernel", output + "/bias"))
                zeros.put(weight, Tensor.zeros(shapes.get(weight)));
        return zeros;
    }

    /** Pixels of the image per cell of {@link #SEGMENTATION}. */
    public int stride() {
        return head == Head.MULTI_DEPTH ? trunk.strideOf(trunk.taps().shallow()) : trunk.stride();
    }

    private NetworkSpec everything() {
        return SegmentationHead.append(trunk, head, tags);
    }

    private List<String> tapsOfHead() {
        if (head == Head.LARGE_FOV)
            return List.of(trunk.features());
        List<String> taps = new ArrayList<>(trunk.taps().deep());
        taps.add(trunk.taps().shallow());
        return taps;
    }

    /** The trunk's nodes that depend on one of them. */
    private Set<String> above(String node) {
        Set<String> above = new HashSet<>();
        for (NetworkSpec.Node n : trunk.spec().nodes().values())
            if (n.inputs().contains(node) || n.inputs().stream().anyMatch(above::contains))
                above.add(n.name());
        return above;
    }
}
