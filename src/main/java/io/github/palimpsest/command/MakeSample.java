package io.github.palimpsest.command;

import java.io.File;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.dataset.sample.SampleFolder;
import io.github.palimpsest.task.Progress;

/** Draws something to try everything on. */
@Plugin(type = Command.class, name = "make-sample", menuPath = "Plugins>Palimpsest>Create Sample Data...", headless = true,
        initializer = "initMacro", description = "Draws a folder of tagged micrographs with exact masks. The same "
                + "seed gives the same files.")
public final class MakeSample extends PalimpsestCommand {

    @Parameter(label = "Folder to make", style = "directory", required = false, attrs = @Attr(name = "needed"),
            description = "The folder to draw into; it is made if it does not exist.")
    private File output;

    @Parameter(label = "Number of images", min = "1", max = "9999", required = false, description = "How many images are drawn.")
    private int images = 160;

    @Parameter(label = "Size of an image", min = "64", max = "1024", required = false,
            description = "Width and height of every image, in pixels.")
    private int size = 128;

    @Parameter(label = "Seed", required = false, description = "Another seed draws other images of the same kind.")
    private long seed = 1;

    @Override
    protected void execute(Progress progress) {
        SampleFolder.write(output.toPath(), images, size, seed, progress);
        progress.say("The sample is in " + output + ".");
    }
}
