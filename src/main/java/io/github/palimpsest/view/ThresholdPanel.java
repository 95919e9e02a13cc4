package io.github.palimpsest.view;

import java.awt.BorderLayout;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.JTextField;

import io.github.palimpsest.erasing.Mining;
import io.github.palimpsest.report.Ink;
import io.github.palimpsest.store.Calibration;
import io.github.palimpsest.task.SettingsText;

/** The live constant δ of the run's rule, and how much would be mined and erased with it. */
final class ThresholdPanel extends JPanel {

    private static final long serialVersionUID = 1L;

    private static final int STEPS = 1000;

    private final double own;
    private final transient DoubleConsumer changed;
    private final transient Consumer<String> refused;
    private final JSlider slider;
    private final JTextField field = Look.field(5, "delta", "");
    private final JButton back;
    private final JLabel[][] area = new JLabel[2][3];
    private double delta;
    private boolean setting;

    /**
     * @param rule of the run, with its own constant
     * @param changed gets every new constant
     * @param refused gets a sentence about what was typed and is none
     */
    ThresholdPanel(Mining rule, DoubleConsumer changed, Consumer<String> refused) {
        super(new BorderLayout(0, 5));
        this.own = rule.delta();
        this.changed = changed;
        this.refused = refused;
        setOpaque(false);
        slider = Look.slider(1, STEPS, STEPS / 2, "delta-slider");
        back = Look.button("run’s " + SettingsText.plain(own), "delta-own", "Back to the δ that the run mined with");
        JPanel top = new JPanel(new BorderLayout(6, 0));
        top.setOpaque(false);
        top.add(slider, BorderLayout.CENTER);
        JPanel right = new JPanel(new BorderLayout(6, 0));
        right.setOpaque(false);
        right.add(field, BorderLayout.CENTER);
        right.add(back, BorderLayout.EAST);
        top.add(right, BorderLayout.EAST);
        add(Look.note(meaning(rule)), BorderLayout.NORTH);
        add(top, BorderLayout.CENTER);
        add(table(), BorderLayout.SOUTH);
        slider.addChangeListener(e -> {
            if (!setting)
                change(Math.max(Mining.LEAST_DELTA, (double) slider.getValue() / STEPS));
        });
        field.addActionListener(e -> typed());
        field.addFocusListener(new FocusAdapter() {
            @Override
            public void focusLost(FocusEvent e) {
                typed();
            }
        });
        back.addActionListener(e -> change(own));
        set(own);
    }

    private static String meaning(Mining rule) {
        return switch (rule.rule()) {
            case SHARE_OF_MAXIMUM -> "mined: at least δ × the map’s maximum";
            case TOP_OF_RANGE -> "mined: at least (1 − δ) × the map’s maximum";
            case TOP_OF_PIXELS -> "mined: the share δ of all pixels, the highest";
        } + (rule.envelopeFrom() > 0 ? ", near earlier regions" : "");
    }

    private JPanel table() {
        JPanel table = new JPanel(new GridBagLayout());
        table.setOpaque(false);
        GridBagConstraints at = new GridBagConstraints();
        at.fill = GridBagConstraints.HORIZONTAL;
        at.insets = new Insets(1, 0, 1, 0);
        String[] names = {"would be mined", "would be erased"};
        for (int row = 0; row < 2; row++) {
            at.gridy = row;
            at.gridx = 0;
            at.weightx = 0;
            table.add(Look.label(names[row]), at);
            at.weightx = 1;
            for (int column = 0; column < 3; column++) {
                at.gridx = column + 1;
                area[row][column] = Look.label(" ");
                area[row][column].setHorizontalAlignment(JLabel.RIGHT);
                Look.style(area[row][column], column == 1 ? Font.BOLD : Font.PLAIN, 12, column == 1 ? Ink.DARK : Ink.FAINT);
                area[row][column].setName((row == 0 ? "mined-" : "erased-") + column);
                table.add(area[row][column], at);
            }
        }
        return table;
    }

    /** Moves the constant by some steps of a hundredth. */
    void step(int by) {
        change(Math.max(Mining.LEAST_DELTA, Math.min(1, Math.round(100 * delta + by) / 100.0)));
    }

    private void typed() {
        try {
            double value = Double.parseDouble(field.getText().strip().replace(',', '.'));
            if (value >= Mining.LEAST_DELTA && value <= 1) {
                change(value);
                return;
            }
        } catch (NumberFormatException e) {
            // Told below, as numbers out of range are.
        }
        if (!field.getText().strip().equals(SettingsText.plain(delta)))
            refused.accept("δ is to be a number from " + SettingsText.plain(Mining.LEAST_DELTA) + " to 1, not “" + field.getText()
                    .strip() + "”: it is " + SettingsText.plain(delta) + " still.");
        set(delta);
    }

    private void change(double value) {
        set(value);
        changed.accept(value);
    }

    private void set(double value) {
        setting = true;
        delta = value;
        slider.setValue((int) Math.round(value * STEPS));
        field.setText(SettingsText.plain(value));
        back.setEnabled(value != own);
        setting = false;
    }

    /** Tells how much it is; nothing where there is no preview. */
    void tell(MiningPreview preview, Calibration calibration) {
        for (int row = 0; row < 2; row++) {
            long pixels = preview == null ? -1 : (row == 0 ? preview.mined() : preview.erased()).cardinality();
            area[row][0].setText(preview == null ? "–" : String.format(Locale.ROOT, "%,d px", pixels));
            area[row][1].setText(preview == null ? "" : String.format(Locale.ROOT, "%.1f %%",
                    100.0 * pixels / ((long) preview.width() * preview.height())));
            area[row][2].setText(preview == null || !calibration.isCalibrated() ? ""
                    : area(pixels * calibration.pixelArea()) + " " + calibration.unit() + "²");
            area[row][2].setVisible(calibration.isCalibrated());
        }
    }

    private static String area(double area) {
        return String.format(Locale.ROOT, area >= 1000 ? "%,.0f" : area >= 10 ? "%.1f" : "%.3g", area);
    }
}
