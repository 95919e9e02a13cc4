package io.github.palimpsest.command.dialog;

import java.awt.Color;
import java.awt.EventQueue;
import java.awt.Panel;
import java.awt.TextArea;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.palimpsest.command.Glance;
import io.github.palimpsest.command.InputDefinition;
import io.github.palimpsest.task.UserException;

/**
 * What is in the folder that the user is choosing. It is looked into beside the dialog, when typing has paused, so that
 * typing stays fluid however large the folder and slow the disk.
 */
final class FolderView {

    private static final int LINES = 5;
    private static final int PAUSE_IN_MS = 400;

    private final InputDefinition input;
    private final List<InputDefinition> inputs;
    private final TextArea area = Notes.area(LINES);
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "palimpsest-folder-view");
        thread.setDaemon(true);
        return thread;
    });
    private List<String> seen = List.of();
    private Future<?> pending;

    /** @param inputs of the whole dialog */
    FolderView(InputDefinition input, List<InputDefinition> inputs) {
        this.input = input;
        this.inputs = inputs;
        area.setText("What is in the folder is shown here when it is chosen.");
    }

    Panel panel() {
        Panel panel = new Panel();
        panel.add(area);
        return panel;
    }

    /** Looks again, if anything has changed that matters; called with the dialog's events. */
    void look(Map<String, String> values) {
        List<String> wanted = List.of(values.get(input.key()).strip(), values.getOrDefault("format", ""),
                values.getOrDefault("split", ""));
        if (wanted.equals(seen))
            return;
        seen = wanted;
        if (pending != null)
            pending.cancel(false);
        if (wanted.get(0).isEmpty()) {
            show(seen, "What is in the folder is shown here when it is chosen.", Color.black);
            return;
        }
        pending = background.schedule(() -> tell(wanted, values), PAUSE_IN_MS, TimeUnit.MILLISECONDS);
    }

    /** Ends looking, with the dialog. */
    void close() {
        background.shutdownNow();
    }

    private void tell(List<String> wanted, Map<String, String> values) {
        show(wanted, "Looking into the folder ...", Color.black);
        try {
            show(wanted, String.join("\n", Glance.at(input, values)), Color.black);
        } catch (UserException e) {
            show(wanted, FieldNames.in(e.getMessage(), inputs, values), Notes.RED);
        }
    }

    private void show(List<String> wanted, String text, Color color) {
        EventQueue.invokeLater(() -> {
            if (wanted.equals(seen)) {
                area.setForeground(color);
                area.setText(text);
            }
        });
    }
}
