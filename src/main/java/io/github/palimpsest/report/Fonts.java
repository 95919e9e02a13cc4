package io.github.palimpsest.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;

import io.github.palimpsest.task.UserException;

/** The fonts of this machine. */
final class Fonts {

    private Fonts() {}

    /**
     * Makes sure that text can be drawn. A Java without a desktop may be without fonts, and says so in many ways that
     * are no exceptions of one kind.
     *
     * @throws UserException if not, saying that this figure was left out
     */
    static void require(String figure) {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 14).getStringBounds("a",
                    new FontRenderContext(new AffineTransform(), true, false));
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new UserException("The figure " + figure + " was left out: Java finds no fonts on this machine. "
                    + "Install fontconfig and any font to have it.", e);
        }
    }
}
