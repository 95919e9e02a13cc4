package io.github.palimpsest.view;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridLayout;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import javax.swing.BorderFactory;
import javax.swing.DefaultListSelectionModel;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.ListCellRenderer;
import javax.swing.ListSelectionModel;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

import io.github.palimpsest.report.Ink;
import io.github.palimpsest.store.RunRecord.ImageRecord;

/** The images of a run, of which one is chosen: by its name or a tag, with the mouse or with keys. */
final class ImageChooser extends JPanel {

    private static final long serialVersionUID = 1L;

    private static final int WIDTH = 208;
    private static final int ROW = 38;

    private final transient List<ImageRecord> all;
    private final JTextField filter = Look.field(10, "filter", "Part of a name or tag");
    private final JList<ImageRecord> list = new JList<>();
    private final JLabel place = Look.note(" ");
    private transient ImageRecord shown;

    /**
     * @param tags of the run
     * @param chosen gets the image that was chosen
     */
    ImageChooser(List<ImageRecord> images, List<String> tags, Consumer<ImageRecord> chosen) {
        super(new BorderLayout(0, 8));
        all = images;
        setOpaque(false);
        setPreferredSize(new Dimension(WIDTH, 100));
        filter.setToolTipText("Shows the images whose name or tags contain each of these words");
        filter.getDocument().addDocumentListener(new Typing());
        add(top(), BorderLayout.NORTH);
        list.setName("images");
        list.setBackground(Look.FIELD);
        // Cells of one size: with ten thousand images, measuring each would take seconds.
        list.setFixedCellHeight(ROW);
        list.setFixedCellWidth(WIDTH - 16);
        list.setCellRenderer(new Row(tags));
        list.setSelectionModel(new DefaultListSelectionModel());
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        Look.leavePageKeys(list, JComponent.WHEN_FOCUSED);
        list.setListData(all.toArray(ImageRecord[]::new));
        list.addListSelectionListener(e -> {
            tellPlace();
            ImageRecord selected = list.getSelectedValue();
            if (e.getValueIsAdjusting() || selected == null || selected == shown)
                return;
            shown = selected;
            chosen.accept(selected);
        });
        add(Look.scroll(list), BorderLayout.CENTER);
        add(steps(), BorderLayout.SOUTH);
    }

    private JComponent top() {
        JPanel top = new JPanel(new BorderLayout(0, 6));
        top.setOpaque(false);
        top.add(Look.heading("Images"), BorderLayout.NORTH);
        top.add(filter, BorderLayout.CENTER);
        return top;
    }

    private JComponent steps() {
        JButton previous = Look.button("‹ Previous", "previous", "Page Up");
        JButton next = Look.button("Next ›", "next", "Page Down");
        previous.addActionListener(e -> step(-1));
        next.addActionListener(e -> step(1));
        place.setHorizontalAlignment(JLabel.CENTER);
        JPanel buttons = new JPanel(new GridLayout(1, 2, 6, 0));
        buttons.setOpaque(false);
        buttons.add(previous);
        buttons.add(next);
        JPanel steps = new JPanel(new BorderLayout(0, 6));
        steps.setOpaque(false);
        steps.add(place, BorderLayout.NORTH);
        steps.add(buttons, BorderLayout.CENTER);
        return steps;
    }

    /** Goes so many images on, or stays at the end. */
    void step(int by) {
        int size = list.getModel().getSize();
        if (size > 0)
            select(Math.max(0, Math.min(size - 1, list.getSelectedIndex() + by)));
    }

    /** Chooses an image by its name, if it is listed. */
    void choose(String name) {
        for (int i = 0; i < list.getModel().getSize(); i++)
            if (list.getModel().getElementAt(i).name().equals(name)) {
                select(i);
                return;
            }
    }

    private void select(int index) {
        list.setSelectedIndex(index);
        list.ensureIndexIsVisible(index);
    }

    private void tellPlace() {
        int size = list.getModel().getSize();
        place.setText(String.format(Locale.ROOT, "%s of %,d%s", list.isSelectionEmpty() ? "–"
                : String.format(Locale.ROOT, "%,d", list.getSelectedIndex() + 1), size,
                size == all.size() ? "" : String.format(Locale.ROOT, " (%,d in all)", all.size())));
    }

    /** Lists what is wanted. The image that is shown stays so if it is listed, or if there is no other. */
    private void narrow() {
        List<String> words = List.of(filter.getText().strip().toLowerCase(Locale.ROOT).split("\\s+"));
        list.setListData(all.stream().filter(image -> words.stream().allMatch(word -> isAbout(image, word)))
                .toArray(ImageRecord[]::new));
        if (shown != null)
            list.setSelectedValue(shown, true);
        if (list.isSelectionEmpty())
            step(1);
        tellPlace();
    }

    private static boolean isAbout(ImageRecord image, String word) {
        return image.name().toLowerCase(Locale.ROOT).contains(word)
                || image.tags().stream().anyMatch(tag -> tag.toLowerCase(Locale.ROOT).contains(word));
    }

    private final class Typing implements DocumentListener {

        @Override
        public void insertUpdate(DocumentEvent e) {
            narrow();
        }

        @Override
        public void removeUpdate(DocumentEvent e) {
            narrow();
        }

        @Override
        public void changedUpdate(DocumentEvent e) {
            // Only the style of the text has.
        }
    }

    /** An image's name above its tags, each with its colour. */
    private static final class Row extends JComponent implements ListCellRenderer<ImageRecord> {

        private static final long serialVersionUID = 1L;

        private final transient List<String> tags;
        private final int[] colours;
        private transient ImageRecord image;
        private boolean chosen;

        Row(List<String> tags) {
            this.tags = tags;
            colours = LayerColours.labels(tags.size());
        }

        @Override
        public Component getListCellRendererComponent(JList<? extends ImageRecord> list, ImageRecord value, int index,
                boolean isSelected, boolean hasFocus) {
            image = value;
            chosen = isSelected;
            setToolTipText(value.name());
            return this;
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D g = Look.smooth(graphics);
            g.setColor(chosen ? new Color(0xDCEBF5) : Look.FIELD);
            g.fillRect(0, 0, getWidth(), getHeight());
            g.setColor(Ink.DARK);
            g.setFont(Look.font(chosen ? Font.BOLD : Font.PLAIN, 12));
            g.drawString(Ink.fitting(g, image.name(), getWidth() - 16), 8, 16);
            g.setFont(Look.font(Font.PLAIN, 10));
            int x = 8;
            for (String tag : image.tags()) {
                if (x > getWidth() - 30)
                    break;
                g.setColor(new Color(colours[Math.min(255, tags.indexOf(tag) + 1)]));
                g.fillRoundRect(x, 23, 8, 8, 3, 3);
                g.setColor(Ink.FAINT);
                String shown = Ink.fitting(g, tag, getWidth() - x - 16);
                g.drawString(shown, x + 11, 31);
                x += 18 + g.getFontMetrics().stringWidth(shown);
            }
            if (image.tags().isEmpty()) {
                g.setColor(Ink.FAINT);
                g.drawString("no tag", x, 31);
            }
            g.dispose();
        }
    }
}
