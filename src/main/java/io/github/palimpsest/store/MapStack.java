package io.github.palimpsest.store;

import java.nio.file.Path;
import java.util.List;

import io.github.palimpsest.tensor.Tensor;

import ij.io.FileInfo;

/**
 * Soft maps of one image: 32-bit TIFF, one slice per label, the slice's label being the tag. An image without tags has
 * no file.
 *
 * @param labels one for each slice
 * @param maps {@code C×H×W}; null where there are no labels
 */
public record MapStack(List<String> labels, Tensor maps) {

    /**
     * @throws IllegalArgumentException if the maps are not {@code C×H×W} with as many slices as labels
     */
    public MapStack {
        labels = List.copyOf(labels);
        if (maps == null ? !labels.isEmpty() : maps.rank() != 3 || maps.size(0) != labels.size())
            throw new IllegalArgumentException(maps + " for the labels " + labels);
    }

    /**
     * Writes it as a TIFF that ImageJ opens, through a temporary name. The same maps always give the same bytes.
     *
     * @throws IllegalArgumentException if there are no labels or an empty one: a TIFF of no slices cannot be
     * @throws io.github.palimpsest.task.UserException if it cannot be written, naming the file
     */
    public void write(Path file) {
        Object[] slices = new Object[labels.size()];
        float brightest = 0;
        for (int c = 0; c < slices.length; c++) {
            float[] slice = maps.slice(c).data();
            for (float value : slice)
                if (value > brightest && value < Float.POSITIVE_INFINITY)
                    brightest = value;
            slices[c] = slice;
        }
        int height = maps == null ? 0 : maps.size(1);
        int width = maps == null ? 0 : maps.size(2);
        TiffStack.write(file, labels, width, height, FileInfo.GRAY32_FLOAT, slices, brightest > 0 ? brightest : 1);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws io.github.palimpsest.task.UserException if the file is absent, damaged or something else, naming it
     */
    public static MapStack read(Path file) {
        TiffStack stack = TiffStack.read(file, FileInfo.GRAY32_FLOAT);
        int n = stack.width() * stack.height();
        float[] values = new float[n * stack.labels().size()];
        for (int c = 0; c < stack.labels().size(); c++)
            stack.bytes().position(stack.first() + c * stack.step()).slice().order(stack.bytes().order())
                    .asFloatBuffer().get(values, c * n, n);
        return new MapStack(stack.labels(),
                Tensor.of(values, stack.labels().size(), stack.height(), stack.width()));
    }
}
