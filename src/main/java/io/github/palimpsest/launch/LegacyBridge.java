package io.github.palimpsest.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ij.IJ;
import ij.Macro;
import ij.gui.GenericDialog;
import ij.plugin.PlugIn;
import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.Failure;
import io.github.palimpsest.command.InputDefinition;
import io.github.palimpsest.command.PalimpsestCommand;
import io.github.palimpsest.task.CancelledException;

/**
 * The door for ImageJ 1.x without SciJava: {@code plugins.config} names it with a command's name as its argument.
 * Macros use the same keys as in Fiji.
 */
public final class LegacyBridge implements PlugIn {

    @Override
    public void run(String name) {
        Main.quietenLogging();
        CommandDefinition definition = CommandDefinition.named(name);
        String options = Macro.getOptions();
        Map<String, String> texts = Map.of();
        try {
            if (options == null)
                definition.requireImage();
            texts = options == null ? ask(definition) : read(definition, options);
            if (texts == null)
                return;
            PalimpsestCommand command = definition.create(texts);
            IJ.resetEscape();
            command.perform(new ImageJProgress());
        } catch (CancelledException e) {
            IJ.showStatus(e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            Failure failure = Failure.of(e, definition, texts);
            String details = failure.writeLog() ? "\nDetails are in " + failure.log() + "." : "";
            IJ.error("Palimpsest", failure.sentence() + details);
        } finally {
            IJ.showProgress(1);
        }
    }

    /** The inputs that a macro gives; no dialog, which would not exist without a screen. */
    static Map<String, String> read(CommandDefinition definition, String options) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (InputDefinition input : definition.inputs()) {
            String text = Macro.getValue(options, input.key(), null);
            if (text != null)
                texts.put(input.key(), text);
        }
        return texts;
    }

    /**
     * Asks for the inputs; null if the user changed their mind. The labels are the keys, because ImageJ records its
     * labels.
     */
    private static Map<String, String> ask(CommandDefinition definition) {
        GenericDialog dialog = new GenericDialog(definition.label().replace("...", ""));
        dialog.addMessage(definition.description());
        for (InputDefinition input : asked(definition)) {
            if (!input.choices().isEmpty())
                dialog.addChoice(input.key(), input.choices().toArray(new String[0]), input.defaultText());
            else if (input.isSwitch())
                dialog.addCheckbox(input.key(), Boolean.parseBoolean(input.defaultText()));
            else if (input.isFolder())
                dialog.addDirectoryField(input.key(), input.defaultText());
            else if (input.isFile())
                dialog.addFileField(input.key(), input.defaultText());
            else
                dialog.addStringField(input.key(), input.defaultText(), 12);
        }
        if (!asked(definition).isEmpty())
            dialog.showDialog();
        return dialog.wasCanceled() ? null : answers(definition, dialog);
    }

    private static Map<String, String> answers(CommandDefinition definition, GenericDialog dialog) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (InputDefinition input : asked(definition)) {
            if (!input.choices().isEmpty())
                texts.put(input.key(), dialog.getNextChoice());
            else if (input.isSwitch())
                texts.put(input.key(), Boolean.toString(dialog.getNextBoolean()));
            else
                texts.put(input.key(), dialog.getNextString());
        }
        return texts;
    }

    /** Nobody is asked for an image: it is the active one. */
    private static List<InputDefinition> asked(CommandDefinition definition) {
        return definition.inputs().stream().filter(input -> !input.isImage()).toList();
    }
}
