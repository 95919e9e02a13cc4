package io.github.palimpsest.view;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.GridLayout;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.nio.file.Path;

import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;

import ij.io.SaveDialog;
import io.github.palimpsest.report.Ink;
import io.github.palimpsest.report.Palette;
import io.github.palimpsest.store.LabelImage;
import io.github.palimpsest.store.RunRecord.ImageRecord;

/** The viewer's window: images on the left, the picture, and on the right what is shown of it. All on the window's thread. */
final class ViewerWindow {

    private static final int SIDE = 300;
    private static final int BAR = 10;
    /** Of what somebody should read. */
    private static final Color TOLD = new Color(0x9C3F00);
    private static final String KEYS = "Page Up/Down: image · 1–9: round · T: tag · [ ]: δ · wheel: nearer · drag: move · "
            + "double click: all";

    /** Who is told what the user does. */
    interface Listener {

        void imageChosen(ImageRecord image);

        void tagChosen(int index);

        void nextTag();

        void roundChosen(int round);

        void deltaChanged(double delta);

        void pixelClicked(Point pixel);

        /** Layers or opacities were. */
        void changed();

        void hyperstackWanted();

        void bigDataViewerWanted();

        void figureWanted(Path file);

        void closed();
    }

    private final RunLayers layers;
    private final Listener listener;
    private final JFrame frame;
    private final ImageChooser images;
    private final PictureCanvas canvas;
    private final ChoiceBar tags;
    private final ChoiceBar rounds;
    private final ThresholdPanel threshold;
    private final LayerRows rows;
    private final PixelPanel pixel = new PixelPanel(SIDE, 110);
    private final JLabel title = Look.style(new JLabel(" "), Font.BOLD, 14, Ink.DARK);
    private final JLabel state = Look.note(" ");
    private final JTextArea status = Look.sentences("status");
    /** What was typed wrongly and not yet mended; leaving the field may show another picture at once. */
    private String refusal = "";
    private final JButton figure = Look.button("Save figure…", "figure",
            "Image, activation maps and erased images, round by round, as a PNG");

    ViewerWindow(RunLayers layers, Listener listener) {
        this.layers = layers;
        this.listener = listener;
        frame = new JFrame("Palimpsest: rounds of " + layers.run().root().toAbsolutePath().normalize().getFileName());
        frame.setName("palimpsest-viewer");
        images = new ImageChooser(layers.record().images(), layers.record().tags(), listener::imageChosen);
        canvas = new PictureCanvas(listener::pixelClicked);
        tags = new ChoiceBar("tag", SIDE, listener::tagChosen);
        rounds = new ChoiceBar("round", SIDE, index -> listener.roundChosen(index + 1));
        threshold = new ThresholdPanel(layers.mining(), this::deltaChanged, this::refuse);
        rows = new LayerRows(LayerStyle.initial(), .25, listener::changed);
        frame.setContentPane(content());
        frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent e) {
                listener.closed();
            }
        });
        keys();
    }

    private JComponent content() {
        JPanel content = new JPanel(new BorderLayout(14, 0));
        content.setBackground(Ink.PAPER);
        content.setBorder(BorderFactory.createEmptyBorder(12, 14, 12, 14));
        content.add(images, BorderLayout.WEST);
        content.add(middle(), BorderLayout.CENTER);
        content.add(side(), BorderLayout.EAST);
        return content;
    }

    private JComponent middle() {
        JPanel head = new JPanel(new BorderLayout(10, 0));
        head.setOpaque(false);
        head.add(title, BorderLayout.CENTER);
        head.add(state, BorderLayout.EAST);
        title.setName("title");
        state.setName("state");
        status.setText(KEYS);
        JPanel middle = new JPanel(new BorderLayout(0, 8));
        middle.setOpaque(false);
        middle.add(head, BorderLayout.NORTH);
        canvas.setBorder(BorderFactory.createLineBorder(Ink.RULE));
        middle.add(canvas, BorderLayout.CENTER);
        middle.add(status, BorderLayout.SOUTH);
        return middle;
    }

    private JComponent side() {
        Column side = new Column();
        side.add("Tag", tags);
        side.add("Round", rounds);
        side.add("Threshold δ", threshold);
        side.add("Layers, the uppermost first", rows);
        side.add("Pixel", pixel);
        JScrollPane scroll = Look.scroll(side);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.setOpaque(false);
        scroll.getViewport().setOpaque(false);
        JPanel buttons = new JPanel(new GridLayout(1, 3, 6, 0));
        buttons.setOpaque(false);
        JButton hyperstack = Look.button("Hyperstack", "hyperstack",
                "All tags and rounds of this image as a hyperstack of ImageJ");
        JButton big = Look.button("BigDataViewer", "bigdataviewer",
                "The layers of this tag as sources of Fiji’s BigDataViewer");
        hyperstack.addActionListener(e -> listener.hyperstackWanted());
        big.addActionListener(e -> listener.bigDataViewerWanted());
        figure.addActionListener(e -> askForFile());
        for (JButton button : new JButton[] {hyperstack, big, figure}) {
            button.setBorder(BorderFactory.createEmptyBorder(6, 2, 6, 2));
            buttons.add(button);
        }
        JPanel right = new JPanel(new BorderLayout(0, 8));
        right.setOpaque(false);
        right.setPreferredSize(new Dimension(SIDE + BAR, 100));
        right.add(scroll, BorderLayout.CENTER);
        right.add(buttons, BorderLayout.SOUTH);
        return right;
    }

    private void askForFile() {
        SaveDialog dialog = new SaveDialog("Save figure", title.getText().replaceAll("[/\\\\]", "_") + "-rounds", ".png");
        if (dialog.getFileName() != null)
            listener.figureWanted(Path.of(dialog.getDirectory(), dialog.getFileName()));
    }

    private void keys() {
        key("PAGE_UP", () -> images.step(-1));
        key("PAGE_DOWN", () -> images.step(1));
        // As typed letters, so that a text field keeps those that are typed into it.
        for (int round = 1; round <= 9; round++) {
            int chosen = round;
            key("typed " + round, () -> listener.roundChosen(chosen));
        }
        key("typed t", listener::nextTag);
        key("typed [", () -> threshold.step(-1));
        key("typed ]", () -> threshold.step(1));
    }

    private void key(String stroke, Runnable action) {
        JComponent pane = frame.getRootPane();
        pane.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).put(KeyStroke.getKeyStroke(stroke), stroke);
        pane.getActionMap().put(stroke, new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent e) {
                action.run();
            }
        });
    }

    /** Puts it on the screen, as large as is useful and the screen allows. */
    void open() {
        Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
        frame.setSize(Math.min(1280, screen.width), Math.min(800, screen.height));
        frame.setMinimumSize(new Dimension(Math.min(900, screen.width), Math.min(600, screen.height)));
        frame.setLocationRelativeTo(null);
        frame.setVisible(true);
        canvas.requestFocusInWindow();
    }

    JFrame frame() {
        return frame;
    }

    ImageChooser images() {
        return images;
    }

    /**
     * Tells of another image.
     *
     * @param tag index of the one that is shown; -1 if there is none
     * @param finished rounds
     */
    void offer(ImageRecord image, int tag, int finished, int round) {
        int[] colours = LayerColours.labels(layers.record().tags().size());
        tags.offer(image.tags(), i -> new Color(colours[Math.min(LabelImage.UNLABELLED,
                layers.record().tags().indexOf(image.tags().get(i)) + 1)]), tag, "this image has no tag");
        rounds.offer(RoundsViewer.roundNames(finished), i -> new Color(Palette.round(i + 1)), round - 1,
                "the first round is being trained");
        title.setText(image.name());
        state.setText(image.width() + " × " + image.height() + " pixels · " + (finished == 1 ? "1 round"
                : finished + " rounds") + (layers.record().finished() ? "" : ", still being trained"));
    }

    void taken(int tag, int round) {
        tags.take(tag);
        rounds.take(round - 1);
    }

    Seen.Wish wish(String image, String tag, int round, double delta, Point marked) {
        return new Seen.Wish(image, tag, round, delta, rows.style(), rows.isPreviewOn(), rows.tint(),
                marked == null ? -1 : marked.x, marked == null ? -1 : marked.y);
    }

    /** @param anew whether it is another image than before */
    void show(Seen seen, boolean anew) {
        Seen.Wish wish = seen.wish();
        rows.offer(seen.available(), seen.preview() != null);
        canvas.show(seen.picture(), seen.preview() == null || !wish.outlined() ? null : seen.preview().reached(), anew);
        canvas.mark(wish.x() < 0 ? null : new Point(wish.x(), wish.y()));
        pixel.show(seen.reading(), wish.tag(), wish.round());
        threshold.tell(seen.preview(), seen.calibration());
        figure.setEnabled(wish.tag() != null && wish.round() > 0);
        if (anew)
            refusal = "";
        if (!seen.problems().isEmpty())
            tell(String.join(" ", seen.problems()));
        else if (refusal.isEmpty())
            explain();
        else
            tell(refusal);
    }

    private void deltaChanged(double delta) {
        refusal = "";
        listener.deltaChanged(delta);
    }

    private void refuse(String sentence) {
        refusal = sentence;
        tell(sentence);
    }

    private void explain() {
        status.setForeground(Ink.FAINT);
        status.setText(KEYS);
    }

    /** Shows a sentence until something else is. */
    void tell(String sentence) {
        status.setForeground(TOLD);
        status.setText(sentence);
    }

    /** Takes a sentence away that has become old. */
    void done(String sentence) {
        if (status.getText().equals(sentence))
            explain();
    }
}
