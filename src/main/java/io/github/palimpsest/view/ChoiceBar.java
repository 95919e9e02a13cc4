package io.github.palimpsest.view;

import java.awt.Color;
import java.awt.Component;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import javax.swing.ButtonGroup;
import javax.swing.JPanel;
import javax.swing.JToggleButton;

/** A few choices beside each other, of which one is taken. */
final class ChoiceBar extends JPanel {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient Consumer<Integer> chosen;

    /**
     * @param name of the components: that of the first choice is {@code NAME-1}
     * @param chosen gets the index of the choice that was taken
     */
    ChoiceBar(String name, int width, Consumer<Integer> chosen) {
        super(new Wrapping(width, 6));
        this.name = name;
        this.chosen = chosen;
        setOpaque(false);
    }

    /** Offers other choices, of which one is taken already. */
    void offer(List<String> choices, IntFunction<Color> colour, int taken, String ifNone) {
        removeAll();
        ButtonGroup group = new ButtonGroup();
        for (int i = 0; i < choices.size(); i++) {
            int index = i;
            JToggleButton choice = Look.choice(choices.get(i), name + "-" + (i + 1), null, colour.apply(i));
            choice.setSelected(i == taken);
            choice.addActionListener(e -> chosen.accept(index));
            group.add(choice);
            add(choice);
        }
        if (choices.isEmpty())
            add(Look.note(ifNone));
        revalidate();
        repaint();
    }

    /** Takes a choice without telling anyone. */
    void take(int index) {
        Component choice = index >= 0 && index < getComponentCount() ? getComponent(index) : null;
        if (choice instanceof JToggleButton button)
            button.setSelected(true);
    }
}
