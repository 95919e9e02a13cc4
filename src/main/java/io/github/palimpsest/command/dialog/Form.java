package io.github.palimpsest.command.dialog;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.Panel;
import java.awt.TextField;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Vector;

import ij.gui.GenericDialog;
import io.github.palimpsest.command.InputDefinition;

/**
 * The fields of a dialog, by the key of their input. Their labels are words for people; ImageJ's recorder, which would make
 * keys of them, is not asked.
 */
final class Form {

    private static final int PATH = 44;
    private static final int TEXT = 14;
    /** ImageJ lets no wider field share a row. */
    private static final int SHORT = 8;

    private final GenericDialog dialog;
    private final Notes notes;
    private final Map<InputDefinition, Component> fields = new LinkedHashMap<>();

    Form(GenericDialog dialog, Notes notes) {
        this.dialog = dialog;
        this.notes = notes;
    }

    /** Adds a field with its value, beside the one before or below it. */
    void add(InputDefinition input, String value, boolean beside) {
        if (beside)
            dialog.addToSameRow();
        else
            dialog.setInsets(0, 0, input.isAdvanced() ? 1 : 5);
        String label = input.label() + ":";
        Component field;
        if (!input.choices().isEmpty()) {
            dialog.addChoice(label, input.choices().toArray(new String[0]), value);
            field = last(dialog.getChoices());
        } else if (input.isSwitch()) {
            dialog.addCheckbox(input.label(), Boolean.parseBoolean(value));
            field = last(dialog.getCheckboxes());
        } else {
            if (input.isFolder())
                dialog.addDirectoryField(label, value, PATH);
            else if (input.isFile())
                dialog.addFileField(label, value, PATH);
            else
                dialog.addStringField(label, value, input.isAdvanced() ? SHORT : TEXT);
            field = last(dialog.getStringFields());
        }
        field.setName(input.key());
        fields.put(input, field);
        explain(input, field);
        if (!input.isSwitch())
            explain(input, dialog.getLabel());
    }

    /** Adds something as wide as the dialog. */
    static void addAcross(GenericDialog dialog, Panel panel, int space) {
        dialog.addPanel(panel, GridBagConstraints.CENTER, new Insets(space, 0, 0, 0));
        GridBagLayout layout = (GridBagLayout) dialog.getLayout();
        GridBagConstraints constraints = layout.getConstraints(panel);
        // ImageJ would give it two columns and so widen those.
        constraints.gridwidth = GridBagConstraints.REMAINDER;
        layout.setConstraints(panel, constraints);
    }

    /** What the fields hold, by key. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach((input, field) -> values.put(input.key(), typed(input, value(field))));
        return values;
    }

    /** Fills a field. */
    void set(InputDefinition input, String value) {
        Component field = fields.get(input);
        if (field instanceof Choice choice)
            choice.select(value);
        else if (field instanceof Checkbox box)
            box.setState(Boolean.parseBoolean(value));
        else
            ((TextField) field).setText(value);
    }

    private static String value(Component field) {
        if (field instanceof Choice choice)
            return choice.getSelectedItem();
        if (field instanceof Checkbox box)
            return Boolean.toString(box.getState());
        return ((TextField) field).getText();
    }

    /** What is meant by what is typed: Windows copies paths in quotes, and blanks come along when something is pasted. */
    static String typed(InputDefinition input, String text) {
        String plain = text.strip();
        boolean quoted = plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"");
        return input.isFile() && quoted ? plain.substring(1, plain.length() - 1).strip() : plain;
    }

    /** AWT knows no tooltips. */
    private void explain(InputDefinition input, Component component) {
        component.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseEntered(MouseEvent event) {
                notes.explain(input);
            }
        });
        component.addFocusListener(new FocusAdapter() {
            @Override
            public void focusGained(FocusEvent event) {
                notes.explain(input);
            }
        });
    }

    private static Component last(Vector<?> components) {
        return (Component) components.lastElement();
    }
}
