package io.github.palimpsest.launch;

import java.awt.GraphicsEnvironment;
import java.util.Map;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.Failure;
import io.github.palimpsest.command.HelpText;
import io.github.palimpsest.command.PalimpsestCommand;
import io.github.palimpsest.command.dialog.CommandDialog;
import io.github.palimpsest.command.dialog.FieldNames;
import io.github.palimpsest.task.CancelledException;

/**
 * What {@link LegacyBridge} opens. A user gets a dialog; a macro the defaults of all keys that it leaves out, never a dialog and
 * never what a user entered before.
 */
final class LegacyDoor {

    /** ImageJ's message windows are as wide as the longest line. */
    private static final int LINE = 90;

    /** @param name of a command */
    void run(String name) {
        Main.quietenLogging();
        CommandDefinition definition = CommandDefinition.named(name);
        String options = options();
        Map<String, String> values = Map.of();
        try {
            PalimpsestCommand command;
            if (options == null) {
                RecordedLine.begin();
                definition.requireImage();
                Map<String, String> answers = CommandDialog.ask(definition);
                if (answers == null)
                    return;
                command = definition.create(answers);
            } else
                command = definition.createForMacro(options);
            values = definition.values(command);
            perform(definition, command, options == null);
        } catch (CancelledException e) {
            cancelled(e.getMessage(), options != null);
        } catch (RuntimeException | OutOfMemoryError e) {
            Failure failure = Failure.of(e, definition, values);
            String details = failure.writeLog() ? "\nDetails are in " + failure.log() + "." : "";
            IJ.showStatus("");
            String sentence = options != null ? failure.sentence() : FieldNames.in(failure.sentence(), definition.asked(), values);
            complain(sentence + details);
        }
    }

    private static void perform(CommandDefinition definition, PalimpsestCommand command, boolean isAsked) {
        IJ.resetEscape();
        boolean done = false;
        try (ImageJProgress progress = ImageJProgress.of(definition)) {
            command.perform(progress);
            done = true;
        } finally {
            // A macro of what was refused would be refused too.
            if (isAsked && (done || command.hasResults()))
                RecordedLine.write(definition, command);
        }
        IJ.showStatus(command.ending());
    }

    /** A macro must not go on with what is not there. */
    private static void cancelled(String sentence, boolean isMacro) {
        IJ.showStatus(sentence);
        if (isMacro)
            complain(sentence);
    }

    /** Ends a macro too. Without a screen ImageJ's own way fails at the window in which it would tell of the macro's line. */
    private static void complain(String text) {
        if (GraphicsEnvironment.isHeadless()) {
            IJ.log("Palimpsest: " + text);
            Interpreter macro = Interpreter.getInstance();
            if (macro != null) {
                macro.setIgnoreErrors(true);
                macro.abort(text);
            }
        } else
            IJ.error("Palimpsest", HelpText.wrap(text, LINE));
    }

    /**
     * What a macro or script gives; null where there is a user to ask. ImageJ gives threads that call its {@code run} this
     * name, and hands on no options when there are none.
     */
    private static String options() {
        String options = Macro.getOptions();
        boolean called = Thread.currentThread().getName().startsWith("Run$_");
        return options == null && (called || GraphicsEnvironment.isHeadless()) ? "" : options;
    }
}
