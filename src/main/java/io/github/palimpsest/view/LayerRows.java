package io.github.palimpsest.view;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GridLayout;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import javax.swing.JCheckBox;
import javax.swing.JPanel;
import javax.swing.JSlider;

/** A row for each layer, the top of the pile first: whether it is seen, and how strongly. */
final class LayerRows extends JPanel {

    private static final long serialVersionUID = 1L;

    private static final int PERCENT = 100;

    private final transient Map<Layer, Row> rows = new EnumMap<>(Layer.class);
    private final transient Row preview;
    private final transient Runnable changed;

    private record Row(JCheckBox seen, JSlider opacity) {}

    /** @param changed is told of every change by the user */
    LayerRows(LayerStyle style, double tint, Runnable changed) {
        super(new GridLayout(0, 1, 0, 1));
        this.changed = changed;
        setOpaque(false);
        preview = row("Would be mined at δ", "preview", true, tint);
        Layer[] layers = Layer.values();
        for (int i = layers.length - 1; i >= 0; i--) {
            double opacity = style.isOn(layers[i]) ? style.opacity(layers[i]) : layers[i] == Layer.ERASED ? 1 : .6;
            rows.put(layers[i], row(layers[i].title(), layers[i].name().toLowerCase(Locale.ROOT),
                    style.isOn(layers[i]), opacity));
        }
    }

    private Row row(String title, String name, boolean on, double opacity) {
        Row row = new Row(Look.check(title, name),
                Look.slider(0, PERCENT, (int) Math.round(PERCENT * opacity), name + "-opacity"));
        row.seen().setSelected(on);
        row.opacity().setEnabled(on);
        row.opacity().setPreferredSize(new Dimension(120, 20));
        row.opacity().setToolTipText("Opacity");
        row.seen().addActionListener(e -> {
            row.opacity().setEnabled(row.seen().isSelected());
            changed.run();
        });
        row.opacity().addChangeListener(e -> changed.run());
        JPanel line = new JPanel(new BorderLayout(6, 0));
        line.setOpaque(false);
        line.add(row.seen(), BorderLayout.CENTER);
        line.add(row.opacity(), BorderLayout.EAST);
        add(line);
        return row;
    }

    /** Layers that the image does not have cannot be switched. */
    void offer(Set<Layer> available, boolean mayPreview) {
        rows.forEach((layer, row) -> offer(row, available.contains(layer)));
        offer(preview, mayPreview);
    }

    private static void offer(Row row, boolean available) {
        row.seen().setEnabled(available);
        row.seen().setToolTipText(available ? null : "The run has no such layer of this image");
        row.opacity().setEnabled(available && row.seen().isSelected());
    }

    LayerStyle style() {
        Map<Layer, Double> opacities = new EnumMap<>(Layer.class);
        rows.forEach((layer, row) -> {
            if (row.seen().isSelected())
                opacities.put(layer, (double) row.opacity().getValue() / PERCENT);
        });
        return new LayerStyle(opacities);
    }

    /** Whether what would be mined is outlined. */
    boolean isPreviewOn() {
        return preview.seen().isSelected();
    }

    /** How strongly it is tinted, 0..1. */
    double tint() {
        return (double) preview.opacity().getValue() / PERCENT;
    }
}
