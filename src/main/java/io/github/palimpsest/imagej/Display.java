package io.github.palimpsest.imagej;

import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.util.List;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.plugin.frame.RoiManager;

import io.github.palimpsest.task.Progress;

/**
 * Shows what came of an image where ImageJ shows such things: images in windows, or, in a macro without windows, among
 * its images; regions in the ROI Manager and measurements in the Results table, below what is there already.
 */
public final class Display {

    private Display() {}

    /**
     * Shows all of it; the label image is active afterwards.
     *
     * @param title of the segmented image, for the table
     */
    public static void show(SegmentImage.Result result, String title, Progress progress) {
        boolean windows = !GraphicsEnvironment.isHeadless();
        tabulate(result.measurements(), title);
        if (!windows && !IJ.isMacro())
            return;
        addToManager(result, progress);
        if (windows && !Interpreter.isBatchMode())
            showLegend(result);
        for (ImagePlus image : new ImagePlus[] {result.probabilities(), result.overlay(), result.labels()})
            if (image != null)
                image.show();
        // The window manager may tell of the legend's window later than of the labels', and that would be the active one then.
        if (windows && !Interpreter.isBatchMode() && result.labels().getWindow() != null)
            IJ.selectWindow(result.labels().getID());
    }

    /** Once for all images of a model. */
    private static void showLegend(SegmentImage.Result result) {
        String title = "Legend: " + String.join(", ", result.model().tags());
        title = title.length() > 60 ? title.substring(0, 60) + "..." : title;
        if (WindowManager.getImage(title) == null)
            Legend.picture(title, result.model()).show();
    }

    private static void tabulate(List<Measurement> measurements, String title) {
        if (measurements.isEmpty())
            return;
        ResultsTable table = ResultsTable.getResultsTable();
        // What a row does not have is no zero.
        table.setNaNEmptyCells(true);
        for (Measurement row : measurements) {
            table.addRow();
            table.addValue("Image", title);
            table.addValue("Slice", Math.max(1, row.slice()));
            table.addValue("Tag", row.tag());
            table.addValue("Area", row.area());
            table.addValue("Unit", row.unit());
            for (int channel = 0; channel < row.means().size(); channel++)
                add(table, row.means().size() == 1 ? "Mean" : "Mean" + (channel + 1), row.means().get(channel));
            add(table, "Confidence", row.confidence());
        }
        table.show("Results");
    }

    /** There is no mean of no pixels: an empty cell says so, and NaN would be taken for a mistake. */
    private static void add(ResultsTable table, String column, double value) {
        if (Double.isNaN(value))
            table.addValue(column, "");
        else
            table.addValue(column, value);
    }

    private static void addToManager(SegmentImage.Result result, Progress progress) {
        if (result.regions().isEmpty())
            return;
        RoiManager manager;
        try {
            // In a macro in batch mode there is a hidden one.
            RoiManager there = RoiManager.getInstance2();
            manager = there == null ? RoiManager.getRoiManager() : there;
        } catch (HeadlessException e) {
            // ImageJ 1.x has none without a screen; Fiji has.
            Overlay overlay = new Overlay();
            result.regions().forEach(region -> overlay.add((Roi) region.clone()));
            result.labels().setOverlay(overlay);
            progress.say("There is no ROI Manager without a screen: the regions are in the overlay of "
                    + result.labels().getTitle() + ".");
            return;
        }
        for (Roi region : result.regions())
            manager.addRoi(region);
    }
}
