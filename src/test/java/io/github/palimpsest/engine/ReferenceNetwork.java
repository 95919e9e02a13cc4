package io.github.palimpsest.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.palimpsest.engine.NetworkSpec.Node;
import io.github.palimpsest.engine.Operation.Addition;
import io.github.palimpsest.engine.Operation.AveragePooling;
import io.github.palimpsest.engine.Operation.BatchNormalization;
import io.github.palimpsest.engine.Operation.Concatenation;
import io.github.palimpsest.engine.Operation.Convolution;
import io.github.palimpsest.engine.Operation.DepthwiseConvolution;
import io.github.palimpsest.engine.Operation.Dropout;
import io.github.palimpsest.engine.Operation.GlobalAveragePooling;
import io.github.palimpsest.engine.Operation.GlobalContext;
import io.github.palimpsest.engine.Operation.MaxPooling;
import io.github.palimpsest.engine.Operation.ReLU;
import io.github.palimpsest.engine.Operation.ReLU6;
import io.github.palimpsest.engine.Operation.ResizeLike;
import io.github.palimpsest.tensor.Tensor;

/** What {@link Operation} says, word for word in double precision and the plainest loops: the truth for engines' tests. */
public final class ReferenceNetwork {

    /** An image batch in double precision. */
    public record Batch(int n, int c, int h, int w, double[] data) {

        static Batch zeros(int n, int c, int h, int w) {
            return new Batch(n, c, h, w, new double[n * c * h * w]);
        }

        public static Batch of(Tensor t) {
            return new Batch(t.size(0), t.size(1), t.size(2), t.size(3), doubles(t));
        }

        double get(int i, int ch, int y, int x) {
            return y < 0 || x < 0 || y >= h || x >= w ? 0 : data[((i * c + ch) * h + y) * w + x];
        }

        void set(int i, int ch, int y, int x, double value) {
            data[((i * c + ch) * h + y) * w + x] = value;
        }

        boolean contains(int y, int x) {
            return y >= 0 && x >= 0 && y < h && x < w;
        }
    }

    /** A value of an output cell. */
    private interface Cell {
        double at(int n, int c, int y, int x);
    }

    private final NetworkSpec spec;
    private final Map<String, double[]> weights = new LinkedHashMap<>();
    private final java.util.Set<String> frozen;

    public ReferenceNetwork(NetworkSpec spec, Map<String, Tensor> weights, java.util.Set<String> frozen) {
        this.spec = spec;
        this.frozen = frozen;
        weights.forEach((name, tensor) -> this.weights.put(name, doubles(tensor)));
    }

    static double[] doubles(Tensor tensor) {
        double[] result = new double[tensor.length()];
        for (int i = 0; i < result.length; i++)
            result[i] = tensor.data()[i];
        return result;
    }

    public double[] weight(String name) {
        return weights.get(name);
    }

    public Map<String, Batch> forward(Map<String, Tensor> inputs, boolean training) {
        Map<String, Batch> values = new HashMap<>();
        inputs.forEach((name, tensor) -> values.put(name, Batch.of(tensor)));
        for (Node node : spec.nodes().values())
            values.put(node.name(), value(node, node.inputs().stream().map(values::get).toList(), training));
        return values;
    }

    /** The sum of all outputs, each value by its own factor. */
    public double loss(Map<String, Tensor> inputs, Map<String, Tensor> factors) {
        Map<String, Batch> values = forward(inputs, true);
        double sum = 0;
        for (Map.Entry<String, Tensor> entry : factors.entrySet()) {
            double[] value = values.get(entry.getKey()).data();
            for (int i = 0; i < value.length; i++)
                sum += value[i] * entry.getValue().data()[i];
        }
        return sum;
    }

    /** The loss's derivative by one element of a weight, by central differences. */
    public double derivative(Map<String, Tensor> inputs, Map<String, Tensor> factors, String weight, int element) {
        return derivative(inputs, factors, weight, element, 1e-5);
    }

    /** The same by a step of one's own: the more rectifiers there are, the smaller, lest one of them lie within it. */
    public double derivative(Map<String, Tensor> inputs, Map<String, Tensor> factors, String weight, int element,
            double step) {
        double[] values = weights.get(weight);
        double before = values[element];
        values[element] = before + step;
        double up = loss(inputs, factors);
        values[element] = before - step;
        double down = loss(inputs, factors);
        values[element] = before;
        return (up - down) / (2 * step);
    }

    private Batch value(Node node, List<Batch> inputs, boolean training) {
        Batch x = inputs.get(0);
        Operation operation = node.operation();
        String name = node.name() + "/";
        if (operation instanceof Convolution o) {
            int top = padding(x.h, o.kernel(), o.stride(), o.dilation());
            int left = padding(x.w, o.kernel(), o.stride(), o.dilation());
            double[] kernel = weights.get(name + "kernel");
            double[] bias = weights.get(name + "bias");
            int k = o.kernel();
            return map(x, o.filters(), o.stride(), (n, f, y, xx) -> {
                double sum = bias == null ? 0 : bias[f];
                for (int c = 0; c < x.c; c++)
                    for (int i = 0; i < k; i++)
                        for (int j = 0; j < k; j++)
                            sum += kernel[((f * x.c + c) * k + i) * k + j] * x.get(n, c, y * o.stride() - top
                                    + i * o.dilation(), xx * o.stride() - left + j * o.dilation());
                return sum;
            });
        }
        if (operation instanceof DepthwiseConvolution o) {
            int top = padding(x.h, o.kernel(), o.stride(), o.dilation());
            int left = padding(x.w, o.kernel(), o.stride(), o.dilation());
            double[] kernel = weights.get(name + "kernel");
            double[] bias = weights.get(name + "bias");
            int k = o.kernel();
            return map(x, x.c, o.stride(), (n, c, y, xx) -> {
                double sum = bias == null ? 0 : bias[c];
                for (int i = 0; i < k; i++)
                    for (int j = 0; j < k; j++)
                        sum += kernel[(c * k + i) * k + j] * x.get(n, c, y * o.stride() - top + i * o.dilation(),
                                xx * o.stride() - left + j * o.dilation());
                return sum;
            });
        }
        if (operation instanceof BatchNormalization o)
            return normalize(x, o, name, training && !frozen.contains(node.name()));
        if (operation instanceof ReLU)
            return map(x, x.c, 1, (n, c, y, xx) -> Math.max(0, x.get(n, c, y, xx)));
        if (operation instanceof ReLU6)
            return map(x, x.c, 1, (n, c, y, xx) -> Math.min(6, Math.max(0, x.get(n, c, y, xx))));
        if (operation instanceof MaxPooling o)
            return pool(x, o.kernel(), o.stride(), false);
        if (operation instanceof AveragePooling o)
            return pool(x, o.kernel(), o.stride(), true);
        if (operation instanceof GlobalAveragePooling) {
            Batch y = Batch.zeros(x.n, x.c, 1, 1);
            for (int i = 0; i < x.data.length; i++)
                y.data[i / (x.h * x.w)] += x.data[i] / (x.h * x.w);
            return y;
        }
        if (operation instanceof GlobalContext)
            return map(x, x.c, 1, (n, c, y, xx) -> {
                double sum = 0;
                for (int i = 0; i < x.h * x.w; i++)
                    sum += x.get(n, c, i / x.w, i % x.w);
                return sum / (x.h * x.w);
            });
        if (operation instanceof ResizeLike)
            return resize(x, inputs.get(1).h, inputs.get(1).w);
        if (operation instanceof Addition)
            return map(x, x.c, 1, (n, c, y, xx) -> inputs.stream().mapToDouble(in -> in.get(n, c, y, xx)).sum());
        if (operation instanceof Concatenation)
            return map(x, spec.channels(node.name()), 1, (n, c, y, xx) -> {
                int channel = c;
                for (Batch in : inputs) {
                    if (channel < in.c)
                        return in.get(n, channel, y, xx);
                    channel -= in.c;
                }
                throw new AssertionError();
            });
        if (operation instanceof Dropout o && (!training || o.rate() == 0))
            return x;
        throw new AssertionError("no reference for " + operation);
    }

    private static int padding(int size, int kernel, int stride, int dilation) {
        int out = (size + stride - 1) / stride;
        return Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - size) / 2;
    }

    private static Batch map(Batch x, int channels, int stride, Cell cell) {
        Batch result = Batch.zeros(x.n, channels, (x.h + stride - 1) / stride, (x.w + stride - 1) / stride);
        for (int n = 0; n < result.n; n++)
            for (int c = 0; c < channels; c++)
                for (int y = 0; y < result.h; y++)
                    for (int xx = 0; xx < result.w; xx++)
                        result.set(n, c, y, xx, cell.at(n, c, y, xx));
        return result;
    }

    private static Batch pool(Batch x, int kernel, int stride, boolean average) {
        int top = padding(x.h, kernel, stride, 1);
        int left = padding(x.w, kernel, stride, 1);
        return map(x, x.c, stride, (n, c, y, xx) -> {
            double sum = 0;
            double max = Double.NEGATIVE_INFINITY;
            int cells = 0;
            for (int i = 0; i < kernel; i++)
                for (int j = 0; j < kernel; j++)
                    if (x.contains(y * stride - top + i, xx * stride - left + j)) {
                        double value = x.get(n, c, y * stride - top + i, xx * stride - left + j);
                        sum += value;
                        max = Math.max(max, value);
                        cells++;
                    }
            return average ? sum / cells : max;
        });
    }

    /** Every cell as the sum over all old ones, each by the product of its hat functions. */
    private static Batch resize(Batch x, int height, int width) {
        Batch result = Batch.zeros(x.n, x.c, height, width);
        for (int n = 0; n < x.n; n++)
            for (int c = 0; c < x.c; c++)
                for (int y = 0; y < height; y++)
                    for (int xx = 0; xx < width; xx++) {
                        double sum = 0;
                        for (int i = 0; i < x.h * x.w; i++)
                            sum += x.get(n, c, i / x.w, i % x.w) * hat(y, height, i / x.w, x.h)
                                    * hat(xx, width, i % x.w, x.w);
                        result.set(n, c, y, xx, sum);
                    }
        return result;
    }

    /** How much the cell {@code to} of {@code n} sees of the cell {@code from} of {@code old}. */
    private static double hat(int to, int n, int from, int old) {
        double place = Math.max(0, Math.min(old - 1, (to + 0.5) * old / n - 0.5));
        return Math.max(0, 1 - Math.abs(place - from));
    }

    /** Mean and biased variance of a channel. */
    static double[] statistics(Batch x, int channel) {
        double mean = 0;
        double variance = 0;
        int count = x.n * x.h * x.w;
        for (int pass = 0; pass < 2; pass++)
            for (int n = 0; n < x.n; n++)
                for (int y = 0; y < x.h; y++)
                    for (int xx = 0; xx < x.w; xx++)
                        if (pass == 0)
                            mean += x.get(n, channel, y, xx) / count;
                        else
                            variance += Math.pow(x.get(n, channel, y, xx) - mean, 2) / count;
        return new double[] { mean, variance };
    }

    private Batch normalize(Batch x, BatchNormalization o, String name, boolean fromBatch) {
        double[][] statistics = new double[x.c][];
        for (int c = 0; c < x.c; c++)
            statistics[c] = fromBatch ? statistics(x, c)
                    : new double[] { weights.get(name + "mean")[c], weights.get(name + "variance")[c] };
        double[] gamma = weights.get(name + "gamma");
        double[] beta = weights.get(name + "beta");
        return map(x, x.c, 1, (n, c, y, xx) -> gamma[c] * (x.get(n, c, y, xx) - statistics[c][0])
                / Math.sqrt(statistics[c][1] + o.epsilon()) + beta[c]);
    }
}
