package io.github.palimpsest.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.scijava.Context;
import org.scijava.InstantiableException;
import org.scijava.ItemIO;
import org.scijava.annotations.Index;
import org.scijava.annotations.IndexItem;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;

import ij.WindowManager;
import io.github.palimpsest.task.UserException;

/**
 * A command as every door sees it, read from its annotations. Needs no SciJava context, so that a terminal starts at
 * once and vanilla ImageJ can use it.
 */
public final class CommandDefinition {

    private final CommandInfo info;
    private final List<InputDefinition> inputs = new ArrayList<>();

    private CommandDefinition(Class<? extends PalimpsestCommand> type, Plugin annotation) {
        info = new CommandInfo(type, annotation);
        PalimpsestCommand fresh = create();
        for (ModuleItem<?> item : info.inputs())
            if (item.getIOType() == ItemIO.INPUT && item instanceof CommandModuleItem<?> input && !isSciJavas(input))
                inputs.add(new InputDefinition(input, defaultOf(input, fresh)));
    }

    /** Every command on the class path, by name. */
    public static List<CommandDefinition> all() {
        // Fiji's context class loader is not always the one that knows our jar.
        ClassLoader loader = CommandDefinition.class.getClassLoader();
        List<CommandDefinition> all = new ArrayList<>();
        for (IndexItem<Plugin> item : Index.load(Plugin.class, loader))
            if (item.annotation().menuPath().startsWith(PalimpsestCommand.MENU))
                all.add(new CommandDefinition(load(item.className(), loader), item.annotation()));
        all.sort(Comparator.comparing(CommandDefinition::name));
        return all;
    }

    /**
     * The command of a name.
     *
     * @throws UserException if there is none, naming the nearest
     */
    public static CommandDefinition named(String name) {
        List<String> names = new ArrayList<>();
        for (CommandDefinition definition : all()) {
            if (definition.name().equals(name))
                return definition;
            names.add(definition.name());
        }
        throw new UserException("There is no command '" + name + "'." + Nearest.hint(name, names, "", "")
                + " The commands are " + String.join(", ", names) + ".");
    }

    /** The definition of a command's class. */
    public static CommandDefinition of(Class<? extends PalimpsestCommand> type) {
        return new CommandDefinition(type, type.getAnnotation(Plugin.class));
    }

    /** The name on the command line. */
    public String name() {
        return info.getAnnotation().name();
    }

    /** The name in the menu and in macros. */
    public String label() {
        String path = info.getAnnotation().menuPath();
        return path.substring(path.lastIndexOf('>') + 1);
    }

    /** What it is for. */
    public String description() {
        return info.getAnnotation().description();
    }

    /** Its inputs, in the order of the dialog. */
    public List<InputDefinition> inputs() {
        return List.copyOf(inputs);
    }

    /** Those that a user can write or choose: all but images, which are the active ones. */
    public List<InputDefinition> asked() {
        return inputs.stream().filter(input -> !input.isImage()).toList();
    }

    /** The input of a key, or null. */
    public InputDefinition input(String key) {
        return inputs.stream().filter(input -> input.key().equals(key)).findFirst().orElse(null);
    }

    /** The keys of all inputs. */
    public List<String> keys() {
        return inputs.stream().map(InputDefinition::key).toList();
    }

    /** A new command with its defaults. */
    public PalimpsestCommand create() {
        try {
            return (PalimpsestCommand) info.loadClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | InstantiableException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A new command with these inputs and otherwise its defaults.
     *
     * @param texts values as a user writes them, by key
     * @throws UserException for an unknown key, a value that cannot be, or one that is missing
     */
    public PalimpsestCommand create(Map<String, String> texts) {
        PalimpsestCommand command = create();
        fill(command, texts);
        complete(command);
        return command;
    }

    /**
     * A new command with the inputs that a macro gives and otherwise its defaults.
     *
     * @param options as ImageJ hands them on
     * @throws UserException as {@link #create(Map)}; then the output folder, where there is one, says so too
     */
    public PalimpsestCommand createForMacro(String options) {
        PalimpsestCommand command = create();
        fill(command, options);
        return command;
    }

    /** Gives a command the inputs of a macro, see {@link #createForMacro}. */
    void fill(PalimpsestCommand command, String options) {
        command.noteMacro();
        try {
            fill(command, MacroOptions.parse(options, this::withValue));
            complete(command);
        } catch (UserException e) {
            Outcome.of(this, options).failed(e.getMessage());
            throw e;
        }
    }

    /** ImageJ's own commands take a bare word for a box that is ticked, so it is often written. */
    private String withValue(String word) {
        InputDefinition input = input(word);
        if (input == null)
            return "";
        String usual = input.defaultText().isEmpty() ? "..." : input.defaultText();
        return word + "=" + (input.isSwitch() ? "true" : input.choices().contains("on") ? "on" : usual);
    }

    /**
     * Gives a command these inputs, and its defaults where there is none.
     *
     * @throws UserException for an unknown key or a value that cannot be
     */
    void fill(PalimpsestCommand command, Map<String, String> texts) {
        for (String key : texts.keySet())
            if (input(key) == null)
                throw new UserException("'" + name() + "' has no key '" + key + "'." + Nearest.hint(key, keys(), "", "=")
                        + " 'help " + name() + "' lists all keys.");
        PalimpsestCommand fresh = create();
        for (InputDefinition input : inputs)
            if (texts.containsKey(input.key()))
                input.set(command, input.parse(texts.get(input.key())));
            else if (input.hasText())
                input.set(command, input.get(fresh));
    }

    /** The values of all inputs as texts, by key; empty where there is none. */
    public Map<String, String> values(PalimpsestCommand command) {
        Map<String, String> values = new LinkedHashMap<>();
        for (InputDefinition input : inputs)
            values.put(input.key(), InputDefinition.text(input.get(command)).strip());
        return values;
    }

    /**
     * Takes the active image where one is not given, and complains about the first input that is missing or that the
     * command cannot work with.
     */
    void complete(PalimpsestCommand command) {
        takeImage(command);
        for (InputDefinition input : inputs)
            input.check(input.get(command));
    }

    /** Takes the active image where one is not given. */
    void takeImage(PalimpsestCommand command) {
        inputs.forEach(input -> input.fill(command));
    }

    /** Complains if an image is needed and none is open; for doors that would ask for everything else first. */
    public void requireImage() {
        if (WindowManager.getCurrentImage() == null && inputs.stream().anyMatch(input -> input.isImage() && input.isNeeded()))
            throw new UserException("No image is open: open the one that it is about, and choose " + label() + " again.");
    }

    /** SciJava lists its own services, which it fills in itself, among the inputs. */
    private static boolean isSciJavas(CommandModuleItem<?> input) {
        return Service.class.isAssignableFrom(input.getType()) || Context.class.isAssignableFrom(input.getType());
    }

    private static Object defaultOf(CommandModuleItem<?> input, PalimpsestCommand fresh) {
        return new InputDefinition(input, null).get(fresh);
    }

    private static Class<? extends PalimpsestCommand> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, true, loader).asSubclass(PalimpsestCommand.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
