package io.github.palimpsest.command;

import java.io.File;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.scijava.command.CommandModuleItem;
import org.scijava.widget.WidgetStyle;

import ij.ImagePlus;
import ij.WindowManager;
import io.github.palimpsest.task.UserException;

/**
 * One input of a command as every door sees it: its key, texts, default, range and choices, all read from the annotated
 * field. Beside SciJava's own properties an input may have these attributes: {@code needed} (there is no default),
 * {@code whole} or {@code number} (a text that is a number in this range, such as {@code 1..20} or {@code 0..}) and
 * {@code words} (the texts that may stand there instead of a number, separated by commas); {@code advanced} (dialogs show
 * it on demand only, under the heading that is the attribute's value); {@code glance} (dialogs look into the folder as soon
 * as it is chosen, for {@code tags} or for {@code images}, see {@link Glance}); {@code place} (whether a file or folder must
 * be {@code there}, as all must but the output, or is {@code made}). An
 * image that is not given is the active one.
 */
public final class InputDefinition {

    private static final Set<Class<?>> TEXTS = Set.of(String.class, File.class, boolean.class, int.class, long.class);

    private final CommandModuleItem<?> item;
    private final Object defaultValue;

    InputDefinition(CommandModuleItem<?> item, Object defaultValue) {
        this.item = item;
        this.defaultValue = defaultValue;
    }

    /** The name in macros and on the command line. */
    public String key() {
        return item.getName();
    }

    /** The name in dialogs. */
    public String label() {
        return item.getLabel();
    }

    /** A sentence or two on what it does. */
    public String description() {
        return item.getDescription();
    }

    /** Whether the command cannot run without it. */
    public boolean isNeeded() {
        return item.get("needed") != null;
    }

    /** Whether it is a file or folder. */
    public boolean isFile() {
        return item.getType() == File.class;
    }

    /** Whether it is a folder. */
    public boolean isFolder() {
        return isFile() && WidgetStyle.isStyle(item.getWidgetStyle(), "directory");
    }

    /** Whether the file or folder must be there before the command runs. */
    public boolean mustBeThere() {
        String place = item.get("place");
        return isFile() && (place == null ? !key().equals("output") : place.equals("there"));
    }

    /** Whether dialogs show it on demand only. */
    public boolean isAdvanced() {
        return item.get("advanced") != null;
    }

    /** The heading that it stands under among the advanced inputs. */
    public String group() {
        return item.get("advanced");
    }

    /** What to look for in the folder as soon as it is chosen: {@code tags}, {@code images}, or nothing. */
    public String glance() {
        return text(item.get("glance"));
    }

    /** Whether it is an image of ImageJ's. */
    public boolean isImage() {
        return item.getType() == ImagePlus.class;
    }

    /** Whether it is true or false. */
    public boolean isSwitch() {
        return item.getType() == boolean.class;
    }

    /** Whether its value can be written as a text, as that of an open image cannot. */
    boolean hasText() {
        return TEXTS.contains(item.getType());
    }

    /** The values to choose from, or none if it is not a choice. */
    public List<String> choices() {
        List<String> choices = new ArrayList<>();
        for (Object choice : item.getParameter().choices())
            choices.add(choice.toString());
        return choices;
    }

    /** The value that it has if it is not given, as a user would write it; may be empty. */
    public String defaultText() {
        return text(defaultValue);
    }

    /** What may be given, such as {@code 0..1 or auto}; empty if any text may. */
    public String allowed() {
        if (!choices().isEmpty())
            return String.join(" | ", choices());
        if (isImage())
            return "a file, or the title of an open image";
        if (isSwitch())
            return "true | false";
        String range = range() == null ? "" : range().toString();
        return words().isEmpty() ? range : range + (range.isEmpty() ? "" : " or ") + String.join(" or ", words());
    }

    /**
     * Reads a value that a user wrote.
     *
     * @return what the field takes
     * @throws UserException if it is none, saying why
     */
    public Object parse(String text) {
        Object value = convert(text.strip());
        if (!isImage())
            check(value);
        return value;
    }

    /** Complains about a value that the command cannot work with. */
    void check(Object value) {
        String text = text(value);
        if (text.isEmpty()) {
            if (isNeeded() && isImage() && value == null)
                throw new UserException("No image is open: open the image first, or name it with " + key()
                        + "= (the title of an open image, or a file).");
            if (isNeeded() && !isImage())
                throw new UserException(key() + "= is missing: " + description());
            return;
        }
        if (!choices().isEmpty()) {
            if (!choices().contains(text))
                throw new UserException(key() + "=" + text + " is not a choice: it must be " + or(choices()) + "."
                        + Nearest.hint(text, choices(), "", ""));
        } else if (range() != null && !words().contains(text)) {
            range().check(key(), text, words());
        }
    }

    /** An image that was not given is the active one. */
    void fill(PalimpsestCommand command) {
        if (isImage() && get(command) == null)
            set(command, WindowManager.getCurrentImage());
    }

    Object get(PalimpsestCommand command) {
        try {
            return field().get(command);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    void set(PalimpsestCommand command, Object value) {
        try {
            field().set(command, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(Object value) {
        if (value instanceof ImagePlus image)
            return image.getTitle();
        return value == null ? "" : value.toString();
    }

    private Field field() {
        Field field = item.getField();
        field.setAccessible(true);
        return field;
    }

    private Object convert(String text) {
        Class<?> type = item.getType();
        if (type == String.class)
            return text;
        if (type == File.class)
            return text.isEmpty() ? null : file(text);
        if (isImage())
            return text.isEmpty() ? null : NamedImage.find(key(), text, file(text));
        if (text.isEmpty())
            throw new UserException(key() + "= has no value: it must be " + allowed().replace(" | ", " or ") + ".");
        if (type == boolean.class)
            return truth(text);
        range().check(key(), text, List.of());
        return type == int.class ? (Object) Integer.valueOf(text) : (Object) Long.valueOf(text);
    }

    private Boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UserException(key() + "=" + text + " is not a choice: it must be true or false.");
        };
    }

    /** A path as shells and people write it: relative to the working folder, or to the home folder after a tilde. */
    private static File file(String text) {
        String path = text.equals("~") || text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
        return new File(path).getAbsoluteFile().toPath().normalize().toFile();
    }

    private List<String> words() {
        String words = item.get("words");
        return words == null ? List.of() : List.of(words.split(","));
    }

    private NumberRange range() {
        if (item.get("whole") != null)
            return NumberRange.of(item.get("whole"), true);
        if (item.get("number") != null)
            return NumberRange.of(item.get("number"), false);
        Class<?> type = item.getType();
        if (type != int.class && type != long.class)
            return null;
        String min = item.getParameter().min();
        String max = item.getParameter().max();
        BigInteger lowest = BigInteger.valueOf(type == int.class ? Integer.MIN_VALUE : Long.MIN_VALUE);
        BigInteger highest = BigInteger.valueOf(type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE);
        return NumberRange.of((min.isEmpty() ? lowest : min) + ".." + (max.isEmpty() ? highest : max), true);
    }

    static String or(List<String> words) {
        if (words.size() == 1)
            return words.get(0);
        return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
    }
}
