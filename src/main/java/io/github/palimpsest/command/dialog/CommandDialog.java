package io.github.palimpsest.command.dialog;

import java.awt.Button;
import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.awt.Panel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ij.IJ;
import ij.gui.GenericDialog;
import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.HelpText;
import io.github.palimpsest.command.InputDefinition;

/**
 * The dialog of a command. What one must decide stands there; the rest is behind a button. A folder of images is looked
 * into as soon as it is chosen, values are checked as they are typed, in the sentences of the terminal, and what the field
 * in use is for is told below. Values are remembered until the next time.
 */
public final class CommandDialog {

    private static final int LINE = 84;

    private final CommandDefinition definition;
    private final GenericDialog dialog;
    private final Form form;
    private final Notes notes;
    private final FolderView folder;
    private final Map<String, String> advanced = new LinkedHashMap<>();
    private final Button more = new Button();

    private CommandDialog(CommandDefinition definition, Map<String, String> values) {
        this.definition = definition;
        dialog = new FittingDialog(title(definition));
        dialog.setOKLabel("  Run  ");
        dialog.setInsets(0, 5, 8);
        dialog.addMessage(HelpText.wrap(definition.description(), LINE));
        notes = new Notes(4);
        form = new Form(dialog, notes);
        InputDefinition seen = null;
        for (InputDefinition input : definition.asked())
            if (input.isAdvanced())
                advanced.put(input.key(), values.get(input.key()));
            else {
                form.add(input, values.get(input.key()), false);
                seen = input.glance().isEmpty() ? seen : input;
            }
        folder = seen == null ? null : new FolderView(seen, definition.asked());
        if (!advanced.isEmpty())
            Form.addAcross(dialog, advancedPanel(), 8);
        if (folder != null)
            Form.addAcross(dialog, folder.panel(), 8);
        Form.addAcross(dialog, notes.panel(), 4);
        dialog.addHelp(HelpPage.of(definition));
        dialog.addDialogListener((source, event) -> event == null || check());
    }

    /** Whether there is an ImageJ with windows to show it. */
    public static boolean isPossible() {
        return !GraphicsEnvironment.isHeadless() && IJ.getInstance() != null;
    }

    /**
     * Asks for the inputs of a command; waits for the answer.
     *
     * @return the values as texts, by key, each of which the command can read; null if the user changed their mind
     */
    public static Map<String, String> ask(CommandDefinition definition) {
        Map<String, String> values = DialogMemory.recall(definition);
        if (!definition.asked().isEmpty()) {
            CommandDialog shown = new CommandDialog(definition, values);
            if (!shown.show())
                return null;
            values = shown.values();
            DialogMemory.remember(definition, values);
        }
        return values;
    }

    static String title(CommandDefinition definition) {
        return definition.label().replace("...", "");
    }

    private boolean show() {
        dialog.getButtons()[0].setEnabled(check());
        dialog.showDialog();
        if (folder != null)
            folder.close();
        return dialog.wasOKed();
    }

    private Map<String, String> values() {
        Map<String, String> all = form.values();
        all.putAll(advanced);
        return all;
    }

    /** Whether the command could begin; says what is in the way. */
    private boolean check() {
        Map<String, String> values = values();
        if (folder != null)
            folder.look(values);
        List<InputDefinition> inputs = definition.asked();
        String complaint = FieldNames.in(Complaint.about(inputs, values), inputs, values);
        List<String> missing = new ArrayList<>();
        for (InputDefinition input : inputs)
            if (input.isNeeded() && values.get(input.key()).isBlank())
                missing.add(input.label());
        notes.complain(complaint, missing.isEmpty() ? "" : "Still missing: " + String.join(", ", missing) + ".");
        return complaint.isEmpty() && missing.isEmpty();
    }

    private Panel advancedPanel() {
        labelMore();
        more.addKeyListener(dialog);
        more.addActionListener(event -> {
            Map<String, String> answers = AdvancedDialog.ask(definition, advanced);
            if (answers != null)
                advanced.putAll(answers);
            labelMore();
            more.requestFocus();
            dialog.getButtons()[0].setEnabled(check());
        });
        Panel panel = new Panel();
        panel.add(more);
        return panel;
    }

    /** Settings that differ from the defaults must not be forgotten because they cannot be seen. */
    private void labelMore() {
        long changed = definition.asked().stream()
                .filter(input -> input.isAdvanced() && !input.defaultText().equals(advanced.get(input.key()))).count();
        more.setLabel(changed == 0 ? "Advanced settings..." : "Advanced settings (" + changed + " changed)...");
        more.setForeground(changed == 0 ? Color.black : Notes.RED);
        if (more.getParent() != null) {
            more.getParent().invalidate();
            dialog.validate();
        }
    }
}
