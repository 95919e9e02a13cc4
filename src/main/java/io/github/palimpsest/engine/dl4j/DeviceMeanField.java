package io.github.palimpsest.engine.dl4j;

import java.util.ArrayList;
import java.util.List;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

import io.github.palimpsest.engine.LatticeKernel;
import io.github.palimpsest.tensor.Tensor;

/** Mean field on the device: splatting is a scatter-add, blurring and slicing are gathers on the lattice's indices. */
final class DeviceMeanField implements AutoCloseable {

    private final List<INDArray> owned = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private final INDArray unary;
    private final INDArray marginals;
    private final INDArray messages;
    private final INDArray rows;

    DeviceMeanField(Tensor unary, List<LatticeKernel> kernels) {
        try {
            this.unary = own(Native.of(unary));
            marginals = own(zeros(unary.size(0), unary.size(1)));
            messages = own(zeros(unary.size(0), unary.size(1)));
            rows = own(zeros(unary.size(0), unary.size(1)));
            for (LatticeKernel kernel : kernels)
                filters.add(new Filter(kernel, unary.size(0), unary.size(1)));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    Tensor run(int iterations, Runnable check) {
        messages.assign(unary);
        softmax();
        for (int i = 0; i < iterations; i++) {
            check.run();
            messages.assign(unary);
            for (Filter filter : filters)
                filter.addTo(messages);
            softmax();
        }
        return Native.tensor(marginals);
    }

    private void softmax() {
        Nd4j.getExecutioner().exec(DynamicCustomOp.builder("softmax").addInputs(messages).addOutputs(marginals)
                .addIntegerArguments(1).build());
    }

    private static void gather(INDArray from, INDArray indices, INDArray to) {
        Nd4j.getExecutioner().exec(DynamicCustomOp.builder("gather").addInputs(from, indices).addOutputs(to)
                .addIntegerArguments(0).build());
    }

    private static INDArray zeros(long rowCount, long columns) {
        return Nd4j.zeros(DataType.FLOAT, rowCount, columns);
    }

    private INDArray own(INDArray array) {
        owned.add(array);
        return array;
    }

    @Override
    public void close() {
        owned.forEach(Native::close);
    }

    /** One kernel: its indices, one array for each corner and each neighbour, and its values. */
    private final class Filter {

        private final INDArray[] vertexOf;
        private final INDArray[] weights;
        private final INDArray[] before;
        private final INDArray[] after;
        private final float factor;
        private final INDArray values;
        private final INDArray gathered;
        private final INDArray sum;

        Filter(LatticeKernel kernel, int pixels, int labels) {
            int corners = kernel.corners();
            vertexOf = new INDArray[corners];
            weights = new INDArray[corners];
            before = new INDArray[corners];
            after = new INDArray[corners];
            factor = kernel.factor();
            for (int c = 0; c < corners; c++) {
                vertexOf[c] = indices(kernel.vertexOf(), c, corners);
                float[] own = new float[pixels];
                for (int i = 0; i < pixels; i++)
                    own[i] = kernel.weights()[i * corners + c];
                weights[c] = own(Nd4j.create(own, new long[] {pixels, 1}, 'c'));
                before[c] = indices(kernel.neighbours()[c], 0, 2);
                after[c] = indices(kernel.neighbours()[c], 1, 2);
            }
            values = own(zeros(kernel.vertices() + 1L, labels));
            gathered = own(zeros(kernel.vertices() + 1L, labels));
            sum = own(zeros(kernel.vertices() + 1L, labels));
        }

        private INDArray indices(int[] all, int offset, int step) {
            int[] some = new int[all.length / step];
            for (int i = 0; i < some.length; i++)
                some[i] = all[i * step + offset];
            return own(Nd4j.createFromArray(some));
        }

        void addTo(INDArray target) {
            splat();
            for (int direction = 0; direction < before.length; direction++)
                blur(direction);
            for (int c = 0; c < vertexOf.length; c++) {
                gather(values, vertexOf[c], rows);
                rows.muliColumnVector(weights[c]).muli(factor);
                target.addi(rows);
            }
        }

        // Locked: pixels share vertices, and the native code would otherwise add side by side and lose some.
        private void splat() {
            values.assign(0);
            for (int c = 0; c < vertexOf.length; c++) {
                rows.assign(marginals).muliColumnVector(weights[c]);
                Nd4j.getExecutioner().exec(DynamicCustomOp.builder("scatter_add").addInputs(values, vertexOf[c], rows)
                        .addOutputs(values).addBooleanArguments(true).build());
            }
        }

        private void blur(int direction) {
            gather(values, before[direction], sum);
            gather(values, after[direction], gathered);
            values.addi(sum.addi(gathered).muli(0.5f));
        }
    }
}
