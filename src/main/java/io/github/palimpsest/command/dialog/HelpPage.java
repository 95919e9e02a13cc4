package io.github.palimpsest.command.dialog;

import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.InputDefinition;

/** A command's help as ImageJ's dialogs show it. */
final class HelpPage {

    private HelpPage() {}

    static String of(CommandDefinition definition) {
        StringBuilder page = new StringBuilder("<html><h2>" + escape(CommandDialog.title(definition)) + "</h2><p>"
                + escape(definition.description()) + "</p>");
        for (InputDefinition input : definition.inputs()) {
            String allowed = input.allowed();
            page.append("<p><b>").append(escape(input.label())).append("</b> &nbsp; <code>").append(input.key()).append('=')
                    .append(escape(input.defaultText())).append("</code>").append(input.isNeeded() ? " (needed)" : "").append("<br>")
                    .append(escape(input.description()));
            if (!allowed.isEmpty())
                page.append(" <i>").append(escape(allowed)).append("</i>");
            page.append("</p>");
        }
        return page.append("</html>").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
