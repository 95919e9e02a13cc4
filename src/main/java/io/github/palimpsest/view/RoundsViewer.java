package io.github.palimpsest.view;

import java.awt.GraphicsEnvironment;
import java.awt.Point;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import javax.swing.JFrame;
import javax.swing.SwingUtilities;

import ij.ImagePlus;
import io.github.palimpsest.store.RunRecord.ImageRecord;
import io.github.palimpsest.task.UserException;

/**
 * A window on the layers of a run: image, tag and round are chosen, layers laid over each other, the mining constant δ moved
 * with what it would mine and erase, and pixels asked for their scores. It follows a run that is still trained. Files are read
 * beside the window's own thread; closing the window ends that.
 */
public final class RoundsViewer {

    private static final int REFRESH_MILLISECONDS = 2000;

    private final RunLayers layers;
    private final ViewerWorker worker = new ViewerWorker();
    private final ViewerWindow window;
    private final RunWatch watch;
    private ImageRecord image;
    private String tag;
    private int round;
    private double delta;
    private Point marked;
    private String shownImage;
    private ImagePlus hyperstack;

    private RoundsViewer(RunLayers layers, Subject subject) {
        this.layers = layers;
        this.delta = layers.mining().delta();
        this.round = Math.min(1, layers.rounds());
        this.window = new ViewerWindow(layers, new Controls());
        this.watch = new RunWatch(layers::refresh, () -> SwingUtilities.invokeLater(this::goOn), this::tell);
        tag = subject.tag().orElse(null);
        window.images().choose(subject.image().name());
    }

    /**
     * Opens a window.
     *
     * @param subject to begin with
     * @return the viewer, when the window is there
     * @throws UserException if there is no screen
     */
    public static RoundsViewer show(RunLayers layers, Subject subject) {
        if (GraphicsEnvironment.isHeadless())
            throw new UserException("The viewer needs a screen, and there is none here. Use show_as=hyperstack or show_as=figure "
                    + "with output= a file, or open the viewer from the menu of Fiji or ImageJ.");
        RoundsViewer[] viewer = new RoundsViewer[1];
        onScreen(() -> {
            viewer[0] = new RoundsViewer(layers, subject);
            viewer[0].window.open();
        });
        viewer[0].worker.repeat(viewer[0].watch::look, REFRESH_MILLISECONDS);
        return viewer[0];
    }

    /** The window. */
    public JFrame frame() {
        return window.frame();
    }

    /** Closes the window. */
    public void close() {
        onScreen(() -> window.frame().dispose());
    }

    private static void onScreen(Runnable work) {
        if (SwingUtilities.isEventDispatchThread()) {
            work.run();
            return;
        }
        try {
            SwingUtilities.invokeAndWait(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private void offerChoices() {
        window.offer(image, tagIndex(), layers.rounds(), round);
    }

    /** -1 for an image without tags. */
    private int tagIndex() {
        return tag == null ? -1 : image.tags().indexOf(tag);
    }

    /** Shows what is wanted now. */
    private void update() {
        Seen.Wish wish = window.wish(image.name(), tag, round, delta, marked);
        worker.want(() -> {
            try {
                Seen seen = Seen.of(layers, wish);
                watch.shown();
                SwingUtilities.invokeLater(() -> show(seen));
            } catch (UserException e) {
                watch.missed();
                tell(e.getMessage());
            } catch (OutOfMemoryError e) {
                tell("There is not enough memory for " + wish.image() + ": give Java more (Edit > Options > Memory & Threads).");
            }
        });
    }

    private void show(Seen seen) {
        boolean other = !seen.wish().image().equals(shownImage);
        shownImage = seen.wish().image();
        window.show(seen, other);
        follow(seen.wish().round());
    }

    /** A hyperstack that was opened from here goes to the tag and round that are chosen here. */
    private void follow(int to) {
        if (hyperstack != null && hyperstack.isVisible() && hyperstack.getTitle().equals(RoundsHyperstack.title(image.name())) && to > 0)
            hyperstack.setPosition(hyperstack.getC(), Math.max(1, tagIndex() + 1), Math.min(to, hyperstack.getNFrames()));
    }

    private void tell(String sentence) {
        SwingUtilities.invokeLater(() -> {
            if (!worker.isClosed())
                window.tell(sentence);
        });
    }

    /** A round or a pass has ended, or what could not be shown may be there again. */
    private void goOn() {
        round = Math.max(Math.min(1, layers.rounds()), Math.min(round, layers.rounds()));
        offerChoices();
        update();
    }

    private void work(String stage, Runnable work) {
        window.tell(stage);
        worker.run(() -> {
            try {
                work.run();
            } catch (UserException e) {
                tell(e.getMessage());
                return;
            }
            SwingUtilities.invokeLater(() -> window.done(stage));
        });
    }

    /** The rounds that can be chosen, as texts. */
    static List<String> roundNames(int rounds) {
        return IntStream.rangeClosed(1, rounds).mapToObj(Integer::toString).toList();
    }

    /** What the user does. */
    private final class Controls implements ViewerWindow.Listener {

        @Override
        public void imageChosen(ImageRecord chosen) {
            image = chosen;
            if (tag == null || !image.tags().contains(tag))
                tag = image.tags().isEmpty() ? null : image.tags().get(0);
            marked = null;
            offerChoices();
            update();
        }

        @Override
        public void tagChosen(int index) {
            if (index < image.tags().size()) {
                tag = image.tags().get(index);
                window.taken(index, round);
                update();
            }
        }

        @Override
        public void nextTag() {
            if (!image.tags().isEmpty())
                tagChosen((tagIndex() + 1) % image.tags().size());
        }

        @Override
        public void roundChosen(int chosen) {
            if (chosen >= 1 && chosen <= layers.rounds()) {
                round = chosen;
                window.taken(tagIndex(), round);
                update();
            }
        }

        @Override
        public void deltaChanged(double value) {
            delta = value;
            update();
        }

        @Override
        public void pixelClicked(Point pixel) {
            marked = pixel;
            update();
        }

        @Override
        public void changed() {
            update();
        }

        @Override
        public void hyperstackWanted() {
            String name = image.name();
            work("Making the hyperstack…", () -> {
                ImagePlus made = RoundsHyperstack.of(layers, name, .5);
                SwingUtilities.invokeLater(() -> {
                    hyperstack = made;
                    made.show();
                    follow(round);
                });
            });
        }

        @Override
        public void bigDataViewerWanted() {
            Subject subject = new Subject(image, Optional.ofNullable(tag));
            int in = round;
            work("Opening BigDataViewer…", () -> BigDataViewer.show(layers, subject, in));
        }

        @Override
        public void figureWanted(Path file) {
            String name = image.name();
            String of = tag;
            work("Saving…", () -> {
                RunFigure.write(layers, name, Optional.ofNullable(of), file);
                tell("Saved " + file + ".");
            });
        }

        @Override
        public void closed() {
            worker.close();
        }
    }
}
