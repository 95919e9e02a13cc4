package io.github.palimpsest.command;

import java.util.Map;

import org.scijava.command.DynamicCommand;
import org.scijava.module.ModuleItem;

import ij.IJ;
import ij.Macro;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;

/**
 * What all commands share: their inputs are checked in one place whoever calls them, a macro that leaves keys out gets
 * the defaults, and what goes wrong is told so that a macro stops there.
 */
public abstract class PalimpsestCommand extends DynamicCommand {

    static final String MENU = "Plugins>Palimpsest>";

    /** What was wrong with a macro before there was anybody to tell. */
    private UserException wrongMacro;

    /** Does the work; the inputs are within their ranges. */
    protected abstract void execute(Progress progress);

    /**
     * Checks the inputs and does the work. Doors without SciJava call this.
     *
     * @throws io.github.palimpsest.task.UserException if the user can mend what is wrong
     * @throws CancelledException if the user stopped it
     */
    public final void perform(Progress progress) {
        CommandDefinition.of(getClass()).complete(this);
        execute(progress);
    }

    /** Does the work for SciJava. */
    @Override
    public final void run() {
        CommandDefinition definition = CommandDefinition.of(getClass());
        try (SciJavaProgress progress = new SciJavaProgress(context(), definition.label(), this)) {
            if (wrongMacro != null)
                throw wrongMacro;
            perform(progress);
        } catch (CancelledException e) {
            cancel(e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(Failure.of(e, definition, definition.values(this)));
        }
    }

    /** All inputs as texts, by key. */
    final Map<String, String> values() {
        return CommandDefinition.of(getClass()).values(this);
    }

    /**
     * Gives the inputs that a macro leaves out their defaults. SciJava would take what an earlier run left behind, or
     * ask in a dialog, and an empty file, which the recorder leaves out, would keep the recorded line from running at
     * all.
     */
    protected void initMacro() {
        if (!IJ.isMacro())
            return;
        for (ModuleItem<?> input : getInfo().inputs())
            resolveInput(input.getName());
        for (InputDefinition input : CommandDefinition.of(getClass()).inputs())
            if (input.isImage() && input.get(this) == null)
                openImage(input);
    }

    /** SciJava knows images by their titles only; a macro may as well name a file. */
    private void openImage(InputDefinition input) {
        try {
            input.set(this, input.parse(Macro.getValue(String.valueOf(Macro.getOptions()), input.key(), "")));
        } catch (UserException e) {
            wrongMacro = e;
        }
    }

    /** Exceptions and cancelling do not stop a macro, only ImageJ's own error does. */
    private void fail(Failure failure) {
        failure.writeLog();
        if (IJ.isMacro())
            IJ.error("Palimpsest", failure.sentence());
        cancel(failure.sentence());
    }
}
