package io.github.palimpsest.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;

import javax.swing.AbstractButton;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JScrollBar;
import javax.swing.JScrollPane;
import javax.swing.JSlider;
import javax.swing.KeyStroke;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.plaf.basic.BasicButtonUI;
import javax.swing.plaf.basic.BasicCheckBoxUI;
import javax.swing.plaf.basic.BasicTextAreaUI;
import javax.swing.plaf.basic.BasicTextFieldUI;

import io.github.palimpsest.report.Ink;

/**
 * How the viewer's controls look: as the report does, whatever look ImageJ or Fiji has set, light or dark, which would not
 * go with the pictures.
 */
final class Look {

    /** Behind what can be changed. */
    static final Color FIELD = Color.WHITE;
    /** Of what is on. */
    static final Color ACCENT = new Color(0x0072B2);
    private static final Color HOVER = new Color(0xF1EDE4);
    private static final Color CHOSEN = new Color(0x3A352E);

    private Look() {}

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    static Graphics2D smooth(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return g;
    }

    static JLabel label(String text) {
        return style(new JLabel(text), Font.PLAIN, 12, Ink.DARK);
    }

    static JLabel note(String text) {
        return style(new JLabel(text), Font.PLAIN, 11, Ink.FAINT);
    }

    /** A place for sentences, which take as many lines as they need. */
    static JTextArea sentences(String name) {
        JTextArea area = new JTextArea();
        area.setUI(new BasicTextAreaUI());
        area.setEditable(false);
        area.setFocusable(false);
        area.setOpaque(false);
        area.setLineWrap(true);
        area.setWrapStyleWord(true);
        area.setBorder(null);
        area.setName(name);
        return style(area, Font.PLAIN, 11, Ink.FAINT);
    }

    /** The name of a group of controls. */
    static JLabel heading(String text) {
        return style(new JLabel(text), Font.BOLD, 12, Ink.DARK);
    }

    static <C extends JComponent> C style(C component, int style, int size, Color colour) {
        component.setFont(font(style, size));
        component.setForeground(colour);
        // Not every desktop tells Java that it wants smooth letters.
        component.putClientProperty(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return component;
    }

    static JButton button(String text, String name, String tip) {
        JButton button = new JButton(text);
        dress(button, name, tip);
        return button;
    }

    /** One of several that exclude each other; the colour marks it, null for none. */
    static JToggleButton choice(String text, String name, String tip, Color colour) {
        JToggleButton choice = new JToggleButton(text);
        dress(choice, name, tip);
        if (colour != null)
            choice.setIcon(new Swatch(colour));
        choice.setIconTextGap(6);
        return choice;
    }

    private static void dress(AbstractButton button, String name, String tip) {
        button.setUI(new FlatButton());
        button.setOpaque(false);
        button.setRolloverEnabled(true);
        button.setBorder(BorderFactory.createEmptyBorder(5, 9, 5, 9));
        style(button, Font.PLAIN, 12, Ink.DARK);
        button.setName(name);
        button.setToolTipText(tip);
    }

    static JCheckBox check(String text, String name) {
        JCheckBox check = new JCheckBox(text);
        check.setUI(new BasicCheckBoxUI());
        check.setIcon(new Tick());
        check.setOpaque(false);
        check.setBorder(BorderFactory.createEmptyBorder(2, 0, 2, 0));
        check.setIconTextGap(7);
        check.setName(name);
        return style(check, Font.PLAIN, 12, Ink.DARK);
    }

    static JSlider slider(int least, int most, int value, String name) {
        JSlider slider = new JSlider(least, most, value);
        slider.setUI(new SlimSlider(slider));
        slider.setOpaque(false);
        slider.setName(name);
        slider.setFocusable(true);
        leavePageKeys(slider, JComponent.WHEN_FOCUSED);
        return slider;
    }

    /** The page keys go from image to image, whatever has the focus. @param condition that of a component's key map */
    static void leavePageKeys(JComponent component, int condition) {
        for (String key : new String[] {"PAGE_UP", "PAGE_DOWN"})
            component.getInputMap(condition).put(KeyStroke.getKeyStroke(key), "none");
    }

    /** @param hint what may be typed, shown while there is nothing */
    static JTextField field(int columns, String name, String hint) {
        JTextField field = new JTextField(columns) {
            private static final long serialVersionUID = 1L;

            @Override
            protected void paintComponent(Graphics graphics) {
                super.paintComponent(graphics);
                if (!getText().isEmpty())
                    return;
                Graphics2D g = smooth(graphics);
                g.setColor(Ink.FAINT);
                g.setFont(getFont());
                g.drawString(hint, getInsets().left, getBaseline(getWidth(), getHeight()));
                g.dispose();
            }
        };
        field.setUI(new BasicTextFieldUI());
        field.setBackground(FIELD);
        field.setCaretColor(Ink.DARK);
        field.setSelectionColor(new Color(0xCFE3F1));
        field.setSelectedTextColor(Ink.DARK);
        field.setBorder(BorderFactory.createCompoundBorder(BorderFactory.createLineBorder(Ink.RULE),
                BorderFactory.createEmptyBorder(4, 6, 4, 6)));
        field.setName(name);
        return style(field, Font.PLAIN, 12, Ink.DARK);
    }

    static JScrollPane scroll(JComponent content) {
        JScrollPane pane = new JScrollPane(content);
        pane.setBorder(BorderFactory.createLineBorder(Ink.RULE));
        pane.getViewport().setBackground(FIELD);
        JScrollBar bar = pane.getVerticalScrollBar();
        bar.setUI(new SlimBar());
        bar.setPreferredSize(new Dimension(10, 10));
        bar.setUnitIncrement(20);
        pane.setHorizontalScrollBarPolicy(JScrollPane.HORIZONTAL_SCROLLBAR_NEVER);
        leavePageKeys(pane, JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT);
        return pane;
    }

    /** A small square of a colour. */
    record Swatch(Color colour) implements Icon {

        @Override
        public void paintIcon(Component c, Graphics graphics, int x, int y) {
            Graphics2D g = smooth(graphics);
            g.setColor(colour);
            g.fillRoundRect(x, y, 11, 11, 4, 4);
            g.dispose();
        }

        @Override
        public int getIconWidth() {
            return 11;
        }

        @Override
        public int getIconHeight() {
            return 11;
        }
    }

    private static final class Tick implements Icon {

        @Override
        public void paintIcon(Component c, Graphics graphics, int x, int y) {
            Graphics2D g = smooth(graphics);
            boolean on = ((AbstractButton) c).isSelected();
            g.setColor(on && c.isEnabled() ? ACCENT : FIELD);
            g.fillRoundRect(x, y, 14, 14, 5, 5);
            g.setColor(on && c.isEnabled() ? ACCENT : c.isEnabled() ? Ink.FAINT : Ink.RULE);
            g.drawRoundRect(x, y, 13, 13, 5, 5);
            if (on) {
                g.setColor(c.isEnabled() ? Color.WHITE : Ink.RULE);
                g.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                g.drawPolyline(new int[] {x + 3, x + 6, x + 11}, new int[] {y + 7, y + 10, y + 4}, 3);
            }
            focus(g, c, x - 2, y - 2, 17, 17);
            g.dispose();
        }

        @Override
        public int getIconWidth() {
            return 14;
        }

        @Override
        public int getIconHeight() {
            return 14;
        }
    }

    private static void focus(Graphics2D g, Component c, int x, int y, int width, int height) {
        if (!c.isFocusOwner())
            return;
        g.setColor(new Color(ACCENT.getRed(), ACCENT.getGreen(), ACCENT.getBlue(), 110));
        g.setStroke(new BasicStroke(1.5f));
        g.drawRoundRect(x, y, width, height, 8, 8);
    }

    private static final class FlatButton extends BasicButtonUI {

        @Override
        public void paint(Graphics graphics, JComponent c) {
            AbstractButton button = (AbstractButton) c;
            boolean chosen = button.isSelected() || button.getModel().isArmed();
            Graphics2D g = smooth(graphics);
            g.setColor(chosen ? CHOSEN : button.getModel().isRollover() && c.isEnabled() ? HOVER : FIELD);
            g.fillRoundRect(0, 0, c.getWidth() - 1, c.getHeight() - 1, 8, 8);
            g.setColor(chosen ? CHOSEN : Ink.RULE);
            g.drawRoundRect(0, 0, c.getWidth() - 1, c.getHeight() - 1, 8, 8);
            focus(g, c, 1, 1, c.getWidth() - 3, c.getHeight() - 3);
            super.paint(g, c);
            g.dispose();
        }

        @Override
        protected void paintText(Graphics g, AbstractButton button, Rectangle place, String text) {
            boolean chosen = button.isSelected() || button.getModel().isArmed();
            g.setColor(!button.isEnabled() ? Ink.RULE : chosen ? Ink.PAPER : Ink.DARK);
            g.drawString(text, place.x, place.y + g.getFontMetrics().getAscent());
        }
    }
}
