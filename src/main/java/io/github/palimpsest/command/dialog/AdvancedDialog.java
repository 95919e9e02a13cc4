package io.github.palimpsest.command.dialog;

import java.awt.Button;
import java.awt.Font;
import java.awt.Panel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ij.gui.GenericDialog;
import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.InputDefinition;

/** The inputs of a command that most people never touch, several in a row under their headings. */
final class AdvancedDialog {

    /** More than so many would make three columns too high for a small screen. */
    private static final int MANY = 24;
    private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 12);

    private final GenericDialog dialog;
    private final Form form;
    private final Notes notes = new Notes(3);
    private final int columns;
    private final List<InputDefinition> inputs = new ArrayList<>();

    private AdvancedDialog(CommandDefinition definition, Map<String, String> values) {
        dialog = new FittingDialog(CommandDialog.title(definition) + ": advanced settings");
        form = new Form(dialog, notes);
        Map<String, List<InputDefinition>> groups = new LinkedHashMap<>();
        for (InputDefinition input : definition.asked())
            if (input.isAdvanced())
                groups.computeIfAbsent(input.group(), group -> new ArrayList<>()).add(input);
        columns = values.size() > MANY ? 4 : 3;
        groups.forEach((group, members) -> add(group, members, values));
        Button defaults = new Button("Set all to defaults");
        defaults.addActionListener(event -> inputs.forEach(input -> form.set(input, input.defaultText())));
        defaults.addKeyListener(dialog);
        Panel panel = new Panel();
        panel.add(defaults);
        Form.addAcross(dialog, panel, 2);
        Form.addAcross(dialog, notes.panel(), 0);
        dialog.addDialogListener((source, event) -> event == null || check());
    }

    /** Asks for the advanced inputs; null if the user changed their mind. */
    static Map<String, String> ask(CommandDefinition definition, Map<String, String> values) {
        AdvancedDialog shown = new AdvancedDialog(definition, values);
        shown.dialog.showDialog();
        return shown.dialog.wasOKed() ? shown.form.values() : null;
    }

    private void add(String group, List<InputDefinition> members, Map<String, String> values) {
        dialog.setInsets(inputs.isEmpty() ? 0 : 2, 0, 0);
        dialog.addMessage(group, HEADING);
        List<InputDefinition> brief = members.stream().filter(input -> !input.isFile()).toList();
        for (int i = 0; i < brief.size(); i++)
            form.add(brief.get(i), values.get(brief.get(i).key()), i % columns > 0);
        for (InputDefinition input : members)
            if (input.isFile())
                form.add(input, values.get(input.key()), false);
        inputs.addAll(members);
    }

    private boolean check() {
        String complaint = FieldNames.in(Complaint.about(inputs, form.values()), inputs, form.values());
        notes.complain(complaint, "");
        return complaint.isEmpty();
    }
}
