package io.github.palimpsest.launch;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.command.PalimpsestCommand;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/** Work for tests: steps of a second, or whatever can go wrong. */
@Plugin(type = Command.class, name = "test-slow", menuPath = "Plugins>Palimpsest>Slow Test...", headless = true,
        initializer = "initMacro", description = "Works slowly.")
public final class SlowCommand extends PalimpsestCommand {

    @Parameter(label = "How it ends", choices = {"well", "sentence", "crash", "heap", "engine_memory"}, required = false,
            description = "What happens.")
    private String ending = "well";

    @Parameter(label = "Steps", min = "0", max = "1000", required = false, description = "How many steps.")
    private int steps = 0;

    @Parameter(label = "Output", required = false, description = "Where the log goes.")
    private String output = "";

    @Parameter(label = "Engine memory (MB)", min = "0", max = "1000000", required = false, description = "Not used.")
    private int memory = 0;

    @Parameter(label = "Batch", min = "1", max = "1000", required = false, description = "Not used.")
    private int batch = 1;

    @Override
    protected void execute(Progress progress) {
        for (int step = 0; step < steps; step++) {
            progress.check();
            progress.report((double) step / steps, "step " + (step + 1) + " of " + steps);
            sleep();
        }
        switch (ending) {
            case "sentence" -> throw new UserException("The picture a.png is upside down: turn it.");
            case "crash" -> throw new IllegalStateException("two and two are five");
            case "heap" -> throw new OutOfMemoryError("Java heap space");
            case "engine_memory" -> throw new OutOfMemoryError("Physical memory usage is too high: physicalBytes (2G) > maxPhysicalBytes (1G)");
            default -> progress.say("Done.");
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
