package io.github.palimpsest.command;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.view.BigDataViewer;
import io.github.palimpsest.view.RoundsHyperstack;
import io.github.palimpsest.view.RoundsViewer;
import io.github.palimpsest.view.RunFigure;
import io.github.palimpsest.view.RunLayers;
import io.github.palimpsest.view.Subject;

/** Shows a run layer by layer. */
@Plugin(type = Command.class, name = "view-rounds", menuPath = "Plugins>Palimpsest>View Rounds...", headless = true,
        initializer = "initMacro", description = "Shows where each round of a run looked, what it mined and what it "
                + "erased, layer by layer; also while the run is trained.")
public final class ViewRounds extends PalimpsestCommand {

    @Parameter(label = "Run folder", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "The folder that training writes the run to, or that of a segmentation.")
    private File run_folder;

    @Parameter(label = "Show as", choices = {"viewer", "hyperstack", "bigdataviewer", "figure"}, required = false,
            description = "viewer is a window with a live threshold; hyperstack, ImageJ's own, has tags as slices and "
                    + "rounds as frames; bigdataviewer needs Fiji; figure is a PNG. Only the viewer and bigdataviewer need a screen.")
    private String show_as = "viewer";

    @Parameter(label = "Output file", style = "save", required = false,
            description = "Where to save the hyperstack (.tif) or the figure (.png); without it a hyperstack is shown.")
    private File output;

    @Parameter(label = "Exact masks", style = "directory", required = false,
            description = "A folder of exact masks to show as a layer, as for Evaluate Regions.")
    private File masks;

    @Parameter(label = "Image", required = false, attrs = @Attr(name = "advanced", value = "What is shown first"),
            description = "The image to begin with, by its name in the run, such as a.png; the first one with tags if empty.")
    private String image_name = "";

    @Parameter(label = "Tag", required = false, attrs = @Attr(name = "advanced", value = "What is shown first"),
            description = "The tag to begin with; the image's first if empty.")
    private String tag_name = "";

    @Parameter(label = "Images, if moved", style = "directory", required = false,
            attrs = @Attr(name = "advanced", value = "How it is shown"),
            description = "The folder of the run's images, if they are not where the run found them.")
    private File images;

    @Parameter(label = "Opacity of the maps", required = false,
            attrs = {@Attr(name = "number", value = "0..1"), @Attr(name = "advanced", value = "How it is shown")},
            description = "How strongly activation maps cover the image in the hyperstack; 0 leaves them out.")
    private String opacity = "0.5";

    @Parameter(type = ItemIO.OUTPUT, label = "Hyperstack")
    private ImagePlus hyperstack;

    @Override
    protected void execute(Progress progress) {
        RunLayers layers = RunLayers.open(run_folder.toPath(), path(images), path(masks));
        Subject subject = Subject.choose(layers, text(image_name), text(tag_name));
        String image = subject.image().name();
        switch (show_as) {
            case "viewer" -> RoundsViewer.show(layers, subject);
            case "bigdataviewer" -> BigDataViewer.show(layers, subject, 1);
            case "figure" -> RunFigure.write(layers, image, subject.tag(), path(output).orElseThrow(() -> new UserException(
                    "output= is missing: show_as=figure needs a file to write, such as output=rounds.png.")));
            default -> {
                path(output).ifPresent(layers::requireOutside);
                hyperstack = RoundsHyperstack.of(layers, image, Double.parseDouble(opacity));
                path(output).ifPresentOrElse(file -> RoundsHyperstack.save(hyperstack, file), () -> RoundsHyperstack.show(hyperstack));
            }
        }
        if (output != null && !show_as.equals("viewer") && !show_as.equals("bigdataviewer"))
            progress.say(image + " is in " + output + ".");
    }

    private static Optional<String> text(String text) {
        return Optional.of(text.strip()).filter(given -> !given.isEmpty());
    }

    private static Optional<Path> path(File file) {
        return Optional.ofNullable(file).map(File::toPath);
    }
}
