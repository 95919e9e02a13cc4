package io.github.palimpsest.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.MouseWheelEvent;
import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.function.Consumer;

import javax.swing.JComponent;
import javax.swing.SwingUtilities;

import io.github.palimpsest.report.Ink;

/**
 * The picture, as large as there is room for; the wheel goes nearer, dragging moves it, a double click shows all of it
 * again, and a click tells which pixel was meant.
 */
final class PictureCanvas extends JComponent {

    private static final long serialVersionUID = 1L;

    private static final double NEAREST = 64;
    private static final int MARGIN = 14;

    private final transient Consumer<Point> clicked;
    private transient BufferedImage picture;
    private transient Shape outline;
    private transient Point marked;
    private double zoom = 1;
    private double shiftX;
    private double shiftY;

    /** @param clicked gets the pixel that was clicked */
    PictureCanvas(Consumer<Point> clicked) {
        this.clicked = clicked;
        setName("picture");
        setFocusable(true);
        setPreferredSize(new Dimension(640, 640));
        setMinimumSize(new Dimension(200, 200));
        Mouse mouse = new Mouse();
        addMouseListener(mouse);
        addMouseMotionListener(mouse);
        addMouseWheelListener(mouse);
    }

    /**
     * Shows a picture.
     *
     * @param around pixels that get an outline; may be null
     * @param anew whether all of it is to be seen, however near the last one was
     */
    void show(BufferedImage newPicture, BitSet around, boolean anew) {
        picture = newPicture;
        outline = around == null ? null : edges(around, newPicture.getWidth(), newPicture.getHeight());
        if (anew)
            showAll();
        repaint();
    }

    /** Marks a pixel; null for none. */
    void mark(Point pixel) {
        marked = pixel;
        repaint();
    }

    private void showAll() {
        zoom = 1;
        shiftX = 0;
        shiftY = 0;
        repaint();
    }

    /** The sides of pixels between a set and what is around it. */
    private static Shape edges(BitSet set, int width, int height) {
        Path2D edges = new Path2D.Float(Path2D.WIND_NON_ZERO, 1024);
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
            int x = i % width;
            int y = i / width;
            if (x == 0 || !set.get(i - 1))
                line(edges, x, y, x, y + 1);
            if (x == width - 1 || !set.get(i + 1))
                line(edges, x + 1, y, x + 1, y + 1);
            if (y == 0 || !set.get(i - width))
                line(edges, x, y, x + 1, y);
            if (y == height - 1 || !set.get(i + width))
                line(edges, x, y + 1, x + 1, y + 1);
        }
        return edges;
    }

    private static void line(Path2D path, int fromX, int fromY, int toX, int toY) {
        path.moveTo(fromX, fromY);
        path.lineTo(toX, toY);
    }

    /** From the picture's pixels to the component's. */
    private AffineTransform place() {
        double scale = zoom * Math.min((getWidth() - 2.0 * MARGIN) / picture.getWidth(),
                (getHeight() - 2.0 * MARGIN) / picture.getHeight());
        AffineTransform place = AffineTransform.getTranslateInstance(
                Math.rint((getWidth() - scale * picture.getWidth()) / 2 + shiftX),
                Math.rint((getHeight() - scale * picture.getHeight()) / 2 + shiftY));
        place.scale(scale, scale);
        return place;
    }

    /** Where a pixel's centre is in this component, or null while there is no picture. */
    Point placeOf(int x, int y) {
        if (picture == null)
            return null;
        double[] at = {x + .5, y + .5};
        place().transform(at, 0, at, 0, 1);
        return new Point((int) at[0], (int) at[1]);
    }

    /** The pixel under a point, or null. */
    private Point pixel(Point mouse) {
        if (picture == null)
            return null;
        double[] at = {mouse.x + .5, mouse.y + .5};
        try {
            place().inverseTransform(at, 0, at, 0, 1);
        } catch (NoninvertibleTransformException e) {
            return null;
        }
        int x = (int) Math.floor(at[0]);
        int y = (int) Math.floor(at[1]);
        return x < 0 || y < 0 || x >= picture.getWidth() || y >= picture.getHeight() ? null : new Point(x, y);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = Look.smooth(graphics);
        g.setColor(Ink.PAPER);
        g.fillRect(0, 0, getWidth(), getHeight());
        if (picture != null && getWidth() > 2 * MARGIN && getHeight() > 2 * MARGIN) {
            AffineTransform place = place();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, place.getScaleX() < 1
                    ? RenderingHints.VALUE_INTERPOLATION_BILINEAR : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            g.drawImage(picture, place, null);
            if (outline != null)
                twice(g, place.createTransformedShape(outline));
            if (marked != null)
                cross(g, placeOf(marked.x, marked.y), place.getScaleX());
        }
        g.dispose();
    }

    /** Dark around white is seen on any picture. */
    private static void twice(Graphics2D g, Shape shape) {
        g.setColor(new Color(0, 0, 0, 170));
        g.setStroke(new BasicStroke(3.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(shape);
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(1.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(shape);
    }

    private static void cross(Graphics2D g, Point at, double scale) {
        double gap = Math.max(3, scale / 2 + 1);
        Path2D cross = new Path2D.Double();
        for (int[] way : new int[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
            cross.moveTo(at.x + way[0] * gap, at.y + way[1] * gap);
            cross.lineTo(at.x + way[0] * (gap + 9), at.y + way[1] * (gap + 9));
        }
        twice(g, cross);
    }

    private final class Mouse extends MouseAdapter {

        private Point pressed;
        private boolean dragged;

        @Override
        public void mousePressed(MouseEvent e) {
            requestFocusInWindow();
            pressed = e.getPoint();
            dragged = false;
        }

        @Override
        public void mouseDragged(MouseEvent e) {
            // A hand that shakes is no wish to move the picture.
            if (pressed == null || picture == null || !dragged && pressed.distance(e.getPoint()) < 4)
                return;
            dragged = true;
            shiftX += e.getX() - pressed.x;
            shiftY += e.getY() - pressed.y;
            pressed = e.getPoint();
            repaint();
        }

        @Override
        public void mouseReleased(MouseEvent e) {
            Point pixel = dragged || !SwingUtilities.isLeftMouseButton(e) ? null : pixel(e.getPoint());
            if (pixel != null)
                clicked.accept(pixel);
        }

        @Override
        public void mouseClicked(MouseEvent e) {
            if (e.getClickCount() == 2)
                showAll();
        }

        @Override
        public void mouseWheelMoved(MouseWheelEvent e) {
            if (picture == null)
                return;
            double nearer = Math.max(1, Math.min(NEAREST, zoom * Math.pow(1.2, -e.getPreciseWheelRotation())));
            double factor = nearer / zoom;
            // What is under the mouse stays there.
            shiftX = factor * shiftX + (1 - factor) * (e.getX() - getWidth() / 2.0);
            shiftY = factor * shiftY + (1 - factor) * (e.getY() - getHeight() / 2.0);
            zoom = nearer;
            if (zoom == 1)
                showAll();
            repaint();
        }
    }
}
