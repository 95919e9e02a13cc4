package io.github.palimpsest.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.palimpsest.segmentation.TrainingExamples.Example;
import io.github.palimpsest.tensor.Tensor;

/** Some examples of one shape, which can go through a network together. */
record ExampleGroup(List<Example> examples) {

    /** A batch by shape, in the order in which the shapes come, and no more than so many examples at a time. */
    static List<ExampleGroup> split(List<Example> batch, int atMost) {
        Map<String, List<Example>> byShape = new LinkedHashMap<>();
        for (Example example : batch)
            byShape.computeIfAbsent(shape(example), shape -> new ArrayList<>()).add(example);
        List<ExampleGroup> groups = new ArrayList<>();
        for (List<Example> alike : byShape.values())
            for (int from = 0; from < alike.size(); from += atMost)
                groups.add(new ExampleGroup(alike.subList(from, Math.min(alike.size(), from + atMost))));
        return groups;
    }

    private static String shape(Example example) {
        Map<String, String> shapes = new TreeMap<>();
        example.inputs().forEach((name, tensor) -> shapes.put(name, Arrays.toString(tensor.shape())));
        return shapes.toString();
    }

    /** {@code N×C×h×w} for every input. */
    Map<String, Tensor> inputs() {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (String name : examples.get(0).inputs().keySet())
            inputs.put(name, stack(examples.stream().map(example -> example.inputs().get(name)).toList()));
        return inputs;
    }

    private static Tensor stack(Collection<Tensor> tensors) {
        Tensor first = tensors.iterator().next();
        Tensor stack = Tensor.zeros(tensors.size(), first.size(0), first.size(1), first.size(2));
        int at = 0;
        for (Tensor tensor : tensors) {
            System.arraycopy(tensor.data(), 0, stack.data(), at, tensor.length());
            at += tensor.length();
        }
        return stack;
    }

    List<CellLabels> labels() {
        return examples.stream().map(Example::labels).toList();
    }

    List<List<Integer>> tags() {
        return examples.stream().map(Example::tags).toList();
    }
}
