package io.github.palimpsest.imagej;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import io.github.palimpsest.dataset.OpenImage;
import io.github.palimpsest.segmentation.model.Segmentation;

/** The regions of tags as ImageJ's selections. */
final class TagRegions {

    private TagRegions() {}

    /**
     * A selection for each tag that has pixels in a slice: exactly these, in the tag's colour, at the slice's position,
     * named after the tag and, in a stack, the slice.
     *
     * @param colours 0xRRGGBB of all labels, the background's first
     */
    static List<Roi> of(ImagePlus image, OpenImage opened, int index, Segmentation segmentation, List<String> tags,
            List<Integer> colours) {
        List<Roi> regions = new ArrayList<>();
        ImageProcessor labels = new ShortProcessor(segmentation.width(), segmentation.height(), segmentation.labels(),
                null);
        for (int label : segmentation.shown()) {
            if (label == 0)
                continue;
            labels.setThreshold(label, label, ImageProcessor.NO_LUT_UPDATE);
            Roi region = new ThresholdToSelection().convert(labels);
            if (region == null)
                continue;
            boolean stack = opened.shape().images() > 1;
            region.setName(tags.get(label - 1) + (stack ? String.format("-%04d", index + 1) : ""));
            region.setStrokeColor(new Color(colours.get(label)));
            if (stack && (image.isHyperStack() || opened.channels() > 1))
                region.setPosition(0, 1 + index % opened.shape().slices(), 1 + index / opened.shape().slices());
            else if (stack)
                region.setPosition(index + 1);
            regions.add(region);
        }
        return regions;
    }
}
