package io.github.palimpsest.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Component;
import java.awt.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import javax.swing.JList;
import javax.swing.JTextField;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.palimpsest.store.RunRecord.ImageRecord;

class ImageChooserTest {

    private final List<String> chosen = new ArrayList<>();
    private final ImageChooser chooser = new ImageChooser(List.of(image("a1.png", "alga"), image("a2.png", "alga", "big cell"),
            image("b1.png", "big cell"), image("c1.png")), List.of("alga", "big cell"), image -> chosen.add(image.name()));

    private static ImageRecord image(String name, String... tags) {
        return new ImageRecord(name, "", 8, 8, List.of(tags));
    }

    @BeforeEach
    void begin() {
        chooser.choose("b1.png");
    }

    private void filter(String text) {
        ((JTextField) find(chooser, "filter")).setText(text);
    }

    private JList<?> list() {
        return (JList<?>) find(chooser, "images");
    }

    private List<String> listed() {
        return IntStream.range(0, list().getModel().getSize()).mapToObj(i -> ((ImageRecord) list().getModel().getElementAt(i)).name())
                .toList();
    }

    private static Component find(Container container, String name) {
        for (Component component : container.getComponents()) {
            Component found = name.equals(component.getName()) ? component : component instanceof Container inner ? find(inner, name) : null;
            if (found != null)
                return found;
        }
        return null;
    }

    @Test
    void whereNothingIsFoundTheImageStaysAndComesBack() {
        filter("nothing like that");
        assertEquals(List.of(), listed());
        filter("");
        assertEquals(2, list().getSelectedIndex());
        assertEquals(List.of("b1.png"), chosen);
    }

    @Test
    void theImageStaysWhileItIsListed() {
        filter("1");
        assertEquals(List.of("a1.png", "b1.png", "c1.png"), listed());
        assertEquals(1, list().getSelectedIndex());
        assertEquals(List.of("b1.png"), chosen);
        filter("alga");
        assertEquals(List.of("b1.png", "a1.png"), chosen);
    }

    @Test
    void allWordsMustBeFoundInTheNameOrATag() {
        filter("alga  2");
        assertEquals(List.of("a2.png"), listed());
        filter("CELL big");
        assertEquals(List.of("a2.png", "b1.png"), listed());
        filter("alga c1");
        assertEquals(List.of(), listed());
    }
}
