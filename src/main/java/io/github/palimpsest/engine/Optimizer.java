package io.github.palimpsest.engine;

/** How weights follow their gradients. */
public sealed interface Optimizer {

    /** The learning rate, before a node's own factor. */
    double learningRate();

    /** The same at another learning rate, for schedules. */
    Optimizer withLearningRate(double rate);

    /**
     * Stochastic gradient descent with momentum, as in Caffe and PyTorch: {@code g += weightDecay·w; v = momentum·v + g; w −= lr·v}.
     * Kernels decay; biases, gammas and betas do not.
     */
    record Sgd(double learningRate, double momentum, double weightDecay) implements Optimizer {

        @Override
        public Sgd withLearningRate(double rate) {
            return new Sgd(rate, momentum, weightDecay);
        }
    }

    /**
     * Adam (Kingma & Ba 2015) with bias correction and decoupled weight decay (Loshchilov & Hutter 2019): {@code w −=
     * lr·(m̂/(√v̂ + epsilon) + weightDecay·w)}. Kernels decay; biases, gammas and betas do not.
     */
    record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {

        /** β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
        public Adam(double learningRate, double weightDecay) {
            this(learningRate, 0.9, 0.999, 1e-8, weightDecay);
        }

        @Override
        public Adam withLearningRate(double rate) {
            return new Adam(rate, beta1, beta2, epsilon, weightDecay);
        }
    }
}
