package io.github.palimpsest.launch;

import java.awt.BorderLayout;
import java.awt.Button;
import java.awt.Canvas;
import java.awt.Color;
import java.awt.Dialog;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.Graphics;
import java.awt.GridLayout;
import java.awt.Insets;
import java.awt.Label;
import java.awt.Panel;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;

import javax.swing.Timer;

import ij.IJ;
import ij.ImageJ;

/**
 * A small window below ImageJ's own: how far a command is, and a button to cancel it. It opens when the work has lasted a
 * second, and lets the user go on with whatever else.
 */
final class ProgressWindow {

    private static final int PATIENCE_IN_MS = 1000;
    private static final int WATCH_IN_MS = 300;
    private static final Color BAR = new Color(58, 110, 165);

    private final Runnable cancel;
    private final Dialog dialog;
    private final Label stage = new Label();
    private final Label time = new Label();
    private final Button button = new Button("Cancel");
    private final Timer opening;
    /** Work that is within a long step asks for nothing, so Esc is listened for here too. */
    private final Timer watching = new Timer(WATCH_IN_MS, event -> heedEscape());
    private volatile double fraction;
    private boolean stopping;

    private final Canvas bar = new Canvas() {
        private static final long serialVersionUID = 1L;

        @Override
        public Dimension getPreferredSize() {
            return new Dimension(400, 14);
        }

        @Override
        public void paint(Graphics graphics) {
            graphics.setColor(Color.white);
            graphics.fillRect(0, 0, getWidth(), getHeight());
            graphics.setColor(BAR);
            graphics.fillRect(0, 0, (int) (fraction * getWidth()), getHeight());
        }
    };

    private ProgressWindow(ImageJ imagej, String title, Runnable cancel) {
        this.cancel = cancel;
        dialog = new Dialog(imagej, title, false) {
            private static final long serialVersionUID = 1L;

            @Override
            public Insets getInsets() {
                Insets insets = super.getInsets();
                return new Insets(insets.top + 8, insets.left + 12, insets.bottom + 6, insets.right + 12);
            }
        };
        dialog.setBackground(new Color(236, 236, 236));
        dialog.setAutoRequestFocus(false);
        Panel words = new Panel(new GridLayout(2, 1));
        words.add(stage);
        words.add(time);
        Panel buttons = new Panel(new FlowLayout(FlowLayout.RIGHT, 0, 6));
        buttons.add(button);
        dialog.add(words, BorderLayout.NORTH);
        dialog.add(bar, BorderLayout.CENTER);
        dialog.add(buttons, BorderLayout.SOUTH);
        button.addActionListener(event -> cancel());
        button.addKeyListener(new KeyAdapter() {
            @Override
            public void keyPressed(KeyEvent event) {
                if (event.getKeyCode() == KeyEvent.VK_ESCAPE)
                    cancel();
            }
        });
        dialog.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                cancel();
            }
        });
        opening = new Timer(PATIENCE_IN_MS, event -> appear(imagej));
        opening.setRepeats(false);
        opening.start();
        watching.start();
    }

    /** Prepares the window; it appears when there is something to wait for. */
    static ProgressWindow open(String title, Runnable cancel) {
        return new ProgressWindow(IJ.getInstance(), title, cancel);
    }

    void show(double done, String timeLeft, String what) {
        EventQueue.invokeLater(() -> {
            fraction = Math.max(fraction, Math.min(1, done));
            if (!stopping)
                stage.setText(what);
            time.setText(String.format("%d %%", (int) (100 * fraction)) + (timeLeft.isEmpty() ? "" : ", " + timeLeft));
            bar.repaint();
        });
    }

    void stopping() {
        EventQueue.invokeLater(() -> {
            stopping = true;
            stage.setText(ImageJProgress.STOPPING + ". What is finished stays.");
            button.setEnabled(false);
        });
    }

    void close() {
        EventQueue.invokeLater(() -> {
            opening.stop();
            watching.stop();
            dialog.dispose();
        });
    }

    private void cancel() {
        if (!stopping)
            cancel.run();
    }

    private void heedEscape() {
        if (IJ.escapePressed())
            cancel();
    }

    private void appear(ImageJ imagej) {
        dialog.pack();
        dialog.setSize(Math.max(440, dialog.getWidth()), dialog.getHeight());
        Point corner = imagej.getLocation();
        Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
        int below = corner.y + imagej.getHeight() + 30;
        dialog.setLocation(corner.x, below + dialog.getHeight() > screen.height ? Math.max(0, corner.y - dialog.getHeight() - 30) : below);
        dialog.setVisible(true);
    }
}
