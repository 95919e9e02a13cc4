package io.github.palimpsest.imagej;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipOutputStream;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.RoiEncoder;

import io.github.palimpsest.segmentation.model.ModelDescription;
import io.github.palimpsest.segmentation.model.SegmentedStack;
import io.github.palimpsest.segmentation.model.Tables;
import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Calibration;
import io.github.palimpsest.store.CsvTable;
import io.github.palimpsest.store.OutputFolder;
import io.github.palimpsest.store.RealPath;
import io.github.palimpsest.store.RunStatus;
import io.github.palimpsest.store.StackShape;
import io.github.palimpsest.store.UndatedEntry;
import io.github.palimpsest.task.OutputRefusedException;
import io.github.palimpsest.task.UserException;

/**
 * The files of segmented images in a folder, where those of many images find place, IMAGE being an image's title:
 *
 * <pre>
 * legend.csv               value, tag and colour of every label
 * IMAGE.tif                labels
 * overlays/IMAGE.tif       the labels on the image
 * probabilities/IMAGE.tif  a channel for each label
 * rois/IMAGE.zip           regions, as the ROI Manager opens them
 * measurements/IMAGE.csv   tags, areas, mean grey values; written last, so an image that has it is done
 * images.json              which image each of them is of
 * </pre>
 *
 * Of a stack that was stopped the table has the finished slices only.
 */
final class ImageOutput {

    private static final String LEGEND = "legend.csv";
    private static final int LONGEST_NAME = 100;

    private final Path folder;
    private final ImagePlus image;
    private final ModelDescription model;
    private final String name;
    private final ImageList images;

    ImageOutput(Path folder, ImagePlus image, ModelDescription model) {
        this.folder = folder;
        this.image = image;
        this.model = model;
        this.name = fileName(image.getTitle());
        this.images = new ImageList(folder);
    }

    /** A title may hold what no file system takes. */
    private static String fileName(String title) {
        String plain = title.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_").strip();
        plain = plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
        return plain.isEmpty() || plain.startsWith(".") ? "_" + plain : plain;
    }

    /**
     * Makes sure that the folder is new, or one of the same model in which the image has its place; nothing is written.
     *
     * @throws OutputRefusedException if it holds something else, or the image itself
     * @throws UserException if it is of another model, or has results of another image of that name
     */
    void requireRoom() {
        Path legend = folder.resolve(LEGEND);
        OutputFolder.requirePossible(folder);
        if (!Files.exists(legend))
            requireEmpty();
        else if (Files.exists(folder.resolve("segmentation.json")))
            throw new OutputRefusedException("The output " + folder + " is of segment-folder: choose another output.");
        else if (!isOurs(legend))
            throw new UserException("The output " + folder + " holds labels of a model with other tags or colours: "
                    + "choose another output.");
        if (isFolderOf(image))
            throw new OutputRefusedException("The output " + folder + " is the folder that the image " + image.getTitle()
                    + " is in, where nothing is ever written. Choose another output.");
        images.requireSame(labels(), image);
    }

    private boolean isFolderOf(ImagePlus image) {
        return OpenedFrom.folder(image).filter(from -> RealPath.of(from).equals(RealPath.of(folder))).isPresent();
    }

    /** Begins the folder, or adds to it. */
    void begin() {
        requireRoom();
        Tables.legend(folder.resolve(LEGEND), model);
    }

    private boolean isOurs(Path legend) {
        try {
            Path fresh = Files.createTempFile("legend", ".csv");
            Tables.legend(fresh, model);
            boolean same = Files.mismatch(fresh, legend) < 0;
            Files.delete(fresh);
            return same;
        } catch (IOException e) {
            throw new UserException("The file " + legend + " cannot be read: check its permissions.", e);
        }
    }

    private void requireEmpty() {
        if (!Files.exists(folder))
            return;
        try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
            for (Path file : there)
                if (!RunStatus.isLeftByAttempts(file))
                    throw new OutputRefusedException("The output " + folder + " holds other files already, such as "
                            + file.getFileName() + ", which might be overwritten. Choose an empty or a new folder.");
        } catch (IOException e) {
            throw new UserException("The folder " + folder + " cannot be listed: check its permissions.", e);
        }
    }

    private String labels() {
        return name.toLowerCase(Locale.ROOT).matches(".*[.]tiff?") ? name : name + ".tif";
    }

    /** How many slices an earlier call segmented whose files are there; 0 if there are none. */
    int slicesThere() {
        return images.slices(labels());
    }

    /** The files that grow with the stack. */
    SegmentedStack stack(StackShape shape, SegmentImageSettings settings) {
        ij.measure.Calibration known = image.getCalibration();
        Calibration calibration = known.scaled() ? new Calibration(known.pixelWidth, known.pixelHeight,
                known.getUnit()) : Calibration.NONE;
        String file = labels();
        return new SegmentedStack(shape, calibration, model.tags().size(), model.rgb(), folder.resolve(file),
                settings.overlays() ? folder.resolve("overlays").resolve(file) : null,
                settings.probabilities() ? folder.resolve("probabilities").resolve(file) : null);
    }

    /**
     * Writes the rest.
     *
     * @param slices that were segmented
     */
    void finish(SegmentImageSettings settings, List<Roi> regions, List<Measurement> measurements, int slices) {
        images.note(labels(), image, slices);
        if (settings.rois())
            AtomicFile.write(folder.resolve("rois").resolve(name + ".zip"), out -> {
                ZipOutputStream zip = new ZipOutputStream(out);
                Set<String> used = new HashSet<>();
                for (Roi region : regions) {
                    String entry = fileName(region.getName());
                    for (int copy = 2; !used.add(entry); copy++)
                        entry = fileName(region.getName()) + "-" + copy;
                    zip.putNextEntry(UndatedEntry.of(entry + ".roi"));
                    zip.write(RoiEncoder.saveAsByteArray(region));
                    zip.closeEntry();
                }
                zip.finish();
            });
        if (settings.measurements())
            write(measurements);
    }

    private void write(List<Measurement> measurements) {
        int channels = measurements.get(0).means().size();
        List<String> columns = new ArrayList<>(List.of("image", "slice", "tag", "confidence", "pixels", "area", "unit"));
        for (int channel = 1; channel <= channels; channel++)
            columns.add(channels == 1 ? "mean" : "mean_" + channel);
        CsvTable.write(folder.resolve("measurements").resolve(name + ".csv"), columns, table -> {
            for (Measurement row : measurements) {
                List<Object> cells = new ArrayList<>(List.of(image.getTitle(), row.slice() == 0 ? "" : row.slice(),
                        row.tag(), row.tag().isEmpty() ? "" : String.format(Locale.ROOT, "%.4f", row.confidence()),
                        row.pixels(), Tables.area(row.area()), row.unit()));
                for (double mean : row.means())
                    cells.add(Double.isNaN(mean) ? "" : String.format(Locale.ROOT, "%.6g", mean));
                table.line(cells.toArray());
            }
        });
    }
}
