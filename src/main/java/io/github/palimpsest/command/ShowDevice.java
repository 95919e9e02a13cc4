package io.github.palimpsest.command;

import java.util.Locale;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.engine.EngineSettings;
import io.github.palimpsest.engine.Engines;
import io.github.palimpsest.task.Progress;

/** Tells what the computing is done on. */
@Plugin(type = Command.class, name = "show-device", menuPath = "Plugins>Palimpsest>Show Device...", headless = true,
        initializer = "initMacro", description = "Tells which engine and device would be used, whether the fast "
                + "kernels are really in use, and what to install for more.")
public final class ShowDevice extends PalimpsestCommand {

    @Parameter(label = "Device", choices = {"auto", "cpu", "gpu"}, required = false,
            description = "Where to compute: auto takes a GPU where one works; gpu without a GPU is an error.")
    private String device = "auto";

    @Parameter(label = "Threads", min = "0", max = "1024", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "Threads of the CPU; 0 takes all cores.")
    private int threads = 0;

    @Parameter(label = "Engine memory (MB)", min = "256", max = "1000000", required = false,
            attrs = @Attr(name = "advanced", value = "Computer"),
            description = "The most memory outside Java's own that the engine may take.")
    private int memory = 2048;

    @Parameter(type = ItemIO.OUTPUT, label = "Device")
    private String text;

    @Override
    protected void execute(Progress progress) {
        int cores = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        EngineSettings.Device where = EngineSettings.Device.valueOf(device.toUpperCase(Locale.ROOT));
        text = Engines.start(new EngineSettings(where, cores, memory * 1_048_576L)).status().sentence();
        progress.say(text);
    }
}
