package io.github.palimpsest.command;

import java.awt.HeadlessException;
import java.util.Map;

import org.scijava.command.DynamicCommand;
import org.scijava.module.ModuleItem;

import ij.IJ;
import ij.Macro;
import io.github.palimpsest.command.dialog.CommandDialog;
import io.github.palimpsest.command.dialog.FieldNames;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.OutputRefusedException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * What all commands share: their inputs are checked in one place whoever calls them, a macro that leaves keys out gets
 * the defaults, what goes wrong is told so that a macro stops there, and how the work ended stands in the output folder.
 */
public abstract class PalimpsestCommand extends DynamicCommand {

    static final String MENU = "Plugins>Palimpsest>";

    private boolean isOfMacro;
    private boolean isAsked;

    /** Does the work; the inputs are within their ranges. */
    protected abstract void execute(Progress progress);

    /** Whether something has come out of it, although the user stopped it. */
    public boolean hasResults() {
        return false;
    }

    /** What ImageJ's status bar says when it has ended well; SciJava has words of its own. */
    public String ending() {
        return CommandDefinition.of(getClass()).label().replace("...", "") + ": done.";
    }

    /**
     * Checks the inputs, does the work and leaves word of how it ended. Doors without SciJava call this.
     *
     * @throws UserException if the user can mend what is wrong, or the same command is at work already
     * @throws CancelledException if the user stopped it
     */
    public final void perform(Progress progress) {
        CommandDefinition definition = CommandDefinition.of(getClass());
        definition.takeImage(this);
        Outcome outcome = Outcome.of(definition, this, isOfMacro);
        if (!AtWork.begin(definition.name(), outcome.folder())) {
            UserException busy = new UserException("'" + definition.label() + "' is at work already. Wait until it has ended, or "
                    + "cancel it, and start it again then.");
            outcome.failed(busy.getMessage());
            throw busy;
        }
        try {
            perform(definition, outcome, progress);
        } finally {
            AtWork.end(definition.name());
        }
    }

    private void perform(CommandDefinition definition, Outcome outcome, Progress progress) {
        outcome.begin();
        try {
            definition.complete(this);
            execute(progress);
            outcome.done(progress);
        } catch (CancelledException e) {
            outcome.cancelled(e.getMessage());
            throw e;
        } catch (OutputRefusedException e) {
            outcome.refused();
            throw e;
        } catch (RuntimeException | Error e) {
            outcome.failed(Failure.of(e, definition, definition.values(this)).sentence());
            throw e;
        }
    }

    /** Takes note that a macro has given the inputs. */
    final void noteMacro() {
        isOfMacro = true;
    }

    /** Does the work for SciJava. */
    @Override
    public final void run() {
        CommandDefinition definition = CommandDefinition.of(getClass());
        try (SciJavaProgress progress = new SciJavaProgress(context(), definition.label(), this)) {
            if (Macro.getOptions() != null)
                definition.fill(this, Macro.getOptions());
            perform(progress);
        } catch (CancelledException e) {
            stop(e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            Failure failure = Failure.of(e, definition, definition.values(this));
            failure.writeLog();
            stop(isAsked ? FieldNames.in(failure.sentence(), definition.asked(), definition.values(this)) : failure.sentence());
        }
    }

    /** All inputs as texts, by key. */
    final Map<String, String> values() {
        return CommandDefinition.of(getClass()).values(this);
    }

    /**
     * Gives the inputs that a macro leaves out their defaults: SciJava would take what an earlier run left behind, or ask
     * in a dialog, and an empty file, which the recorder leaves out, would keep the recorded line from running at all.
     * For a user it shows the same dialog as ImageJ 1.x: SciJava's own cannot tell what is in a folder, has one long
     * column for everything, and shows no sentence about a wrong value. A script that gives what is needed is not asked.
     */
    protected void initMacro() {
        CommandDefinition definition = CommandDefinition.of(getClass());
        if (IJ.isMacro())
            resolveAll();
        else if (CommandDialog.isPossible() && isToAsk(definition)) {
            if (!hasImage(definition))
                return;
            Map<String, String> answers = CommandDialog.ask(definition);
            if (answers == null) {
                cancel("");
                return;
            }
            isAsked = true;
            definition.fill(this, answers);
            resolveAll();
        }
    }

    /** Whether an image is open where one is needed; says so if not. */
    private boolean hasImage(CommandDefinition definition) {
        try {
            definition.requireImage();
            return true;
        } catch (UserException e) {
            cancel(e.getMessage());
            return false;
        }
    }

    private boolean isToAsk(CommandDefinition definition) {
        boolean given = definition.asked().stream().anyMatch(input -> isInputResolved(input.key()));
        boolean missing = definition.asked().stream().anyMatch(input -> input.isNeeded() && !isInputResolved(input.key()));
        return missing || !given;
    }

    private void resolveAll() {
        for (ModuleItem<?> input : getInfo().inputs())
            resolveInput(input.getName());
    }

    /** Exceptions and cancelling do not stop a macro, only ImageJ's own error does. */
    private void stop(String sentence) {
        cancel(sentence);
        if (!IJ.isMacro())
            return;
        try {
            IJ.error("Palimpsest", sentence);
        } catch (HeadlessException e) {
            // An ImageJ that is not Fiji's has stopped the macro, and has no screen to say why.
            IJ.log("Palimpsest: " + sentence);
        }
    }
}
