package io.github.palimpsest.command;

import org.scijava.ItemIO;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.palimpsest.task.Progress;

/** Tells what there is. */
@Plugin(type = org.scijava.command.Command.class, name = "help", menuPath = "Plugins>Palimpsest>Help...", headless = true,
        initializer = "initMacro", description = "Tells what the commands do and which keys they have.")
public final class Help extends PalimpsestCommand {

    @Parameter(label = "About which command", required = false,
            description = "The name of a command, such as train-ae; all commands if empty.")
    private String about = "";

    @Parameter(type = ItemIO.OUTPUT, label = "Palimpsest help")
    private String text;

    @Override
    protected void execute(Progress progress) {
        text = about == null || about.isBlank() ? HelpText.overview() : HelpText.of(CommandDefinition.named(about.strip()));
        progress.say(text.stripTrailing());
    }
}
