package io.github.palimpsest.command.dialog;

import java.awt.Color;
import java.awt.Panel;
import java.awt.TextArea;

import io.github.palimpsest.command.InputDefinition;

/** A few lines below the fields of a dialog: what the field in use is for, or what is wrong. */
final class Notes {

    static final Color RED = new Color(176, 0, 0);
    static final int WIDTH = 78;

    private final TextArea area;
    private String explanation = "";
    private String complaint = "";
    private String missing = "";

    Notes(int lines) {
        area = area(lines);
    }

    /** A place for sentences that nobody can write into. */
    static TextArea area(int lines) {
        TextArea area = new TextArea("", lines, WIDTH, TextArea.SCROLLBARS_VERTICAL_ONLY);
        area.setEditable(false);
        area.setFocusable(false);
        area.setBackground(new Color(246, 246, 242));
        return area;
    }

    Panel panel() {
        Panel panel = new Panel();
        panel.add(area);
        return panel;
    }

    /** Tells what an input is for. */
    void explain(InputDefinition input) {
        String allowed = input.isFile() || input.isSwitch() || !input.choices().isEmpty() ? "" : input.allowed();
        explanation = input.label() + (allowed.isEmpty() ? "" : " (" + allowed + ")") + ": " + input.description() + " In macros: "
                + input.key() + "=";
        show();
    }

    /** Tells what is wrong, which goes before all else, and what is still missing; either may be empty. */
    void complain(String sentence, String stillMissing) {
        complaint = sentence;
        missing = stillMissing;
        show();
    }

    private void show() {
        String text = !complaint.isEmpty() ? complaint : explanation + (missing.isEmpty() ? "" : "\n" + missing);
        area.setForeground(complaint.isEmpty() ? Color.black : RED);
        // Setting the same text again would scroll it back.
        if (!text.equals(area.getText()))
            area.setText(text);
    }
}
