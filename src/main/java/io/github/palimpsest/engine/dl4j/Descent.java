package io.github.palimpsest.engine.dl4j;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.palimpsest.engine.Optimizer;
import io.github.palimpsest.engine.Optimizer.Adam;
import io.github.palimpsest.engine.Optimizer.Sgd;
import io.github.palimpsest.tensor.Tensor;

/**
 * The optimisers, in plain Java: their cost is nothing beside a network's, and this way they are the same on every device. The
 * moments go by the weight's name and {@code #momentum}, {@code #first} or {@code #second}.
 */
final class Descent {

    private static final String STEP = "step";

    private final Map<String, float[]> moments = new LinkedHashMap<>();
    private final Map<String, int[]> shapes;

    /** @param shapes of the weights that can learn */
    Descent(Map<String, int[]> shapes) {
        this.shapes = shapes;
    }

    /**
     * Moves one weight.
     *
     * @param factor of the learning rate
     * @param step the number of this step, from 1
     */
    void move(String weight, float[] values, float[] gradient, Optimizer optimizer, double factor, long step) {
        double decay = 0;
        if (optimizer instanceof Sgd sgd) {
            decay = Weights.isKernel(weight) ? sgd.weightDecay() : 0;
            sgd(values, gradient, moment(weight, "momentum"), sgd, sgd.learningRate() * factor, decay);
        } else if (optimizer instanceof Adam adam) {
            decay = Weights.isKernel(weight) ? adam.weightDecay() : 0;
            adam(values, gradient, moment(weight, "first"), moment(weight, "second"), adam, adam.learningRate() * factor, decay,
                    step);
        }
    }

    private static void sgd(float[] w, float[] gradient, float[] v, Sgd sgd, double rate, double decay) {
        for (int i = 0; i < w.length; i++) {
            v[i] = (float) (sgd.momentum() * v[i] + gradient[i] + decay * w[i]);
            w[i] = (float) (w[i] - rate * v[i]);
        }
    }

    private static void adam(float[] w, float[] gradient, float[] first, float[] second, Adam adam, double rate, double decay,
            long step) {
        double correction1 = 1 - Math.pow(adam.beta1(), step);
        double correction2 = 1 - Math.pow(adam.beta2(), step);
        for (int i = 0; i < w.length; i++) {
            double g = gradient[i];
            first[i] = (float) (adam.beta1() * first[i] + (1 - adam.beta1()) * g);
            second[i] = (float) (adam.beta2() * second[i] + (1 - adam.beta2()) * g * g);
            double direction = first[i] / correction1 / (Math.sqrt(second[i] / correction2) + adam.epsilon());
            w[i] = (float) (w[i] - rate * (direction + decay * w[i]));
        }
    }

    private float[] moment(String weight, String name) {
        return moments.computeIfAbsent(weight + "#" + name, key -> new float[Tensor.elements(shapes.get(weight))]);
    }

    Map<String, Tensor> state(long step) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        if (step == 0)
            return state;
        // A float counts exactly only up to 2²⁴.
        state.put(STEP, Tensor.of(new float[] { step >>> 20, step & 0xFFFFF }, 2));
        moments.forEach((name, values) -> state.put(name, Tensor.of(values.clone(), shapes.get(weightOf(name)))));
        return state;
    }

    /** Takes a state and gives its step counter. */
    long restore(Map<String, Tensor> state) {
        state.forEach((name, tensor) -> {
            int[] shape = name.equals(STEP) ? new int[] { 2 } : shapes.get(weightOf(name));
            if (shape == null)
                throw new IllegalArgumentException("the optimiser's state has " + name + ", which this network cannot learn");
            if (!tensor.hasShape(shape))
                throw new IllegalArgumentException("the optimiser's state has a wrong shape for " + name);
        });
        moments.clear();
        state.forEach((name, tensor) -> {
            if (!name.equals(STEP))
                moments.put(name, tensor.data().clone());
        });
        Tensor step = state.get(STEP);
        return step == null ? 0 : ((long) step.data()[0] << 20) + (long) step.data()[1];
    }

    private static String weightOf(String name) {
        int at = name.indexOf('#');
        return at < 0 ? name : name.substring(0, at);
    }
}
