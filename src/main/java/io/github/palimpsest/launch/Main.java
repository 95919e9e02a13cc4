package io.github.palimpsest.launch;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

import io.github.palimpsest.command.CommandDefinition;
import io.github.palimpsest.command.Failure;
import io.github.palimpsest.command.HelpText;
import io.github.palimpsest.command.PalimpsestCommand;
import io.github.palimpsest.task.CancelledException;
import io.github.palimpsest.task.UserException;

/**
 * The door for terminals and batch systems: {@code java -jar Palimpsest_.jar COMMAND key=value ...}. The commands,
 * their keys and their help are those of {@link CommandDefinition}.
 */
public final class Main {

    /** The work is done. */
    static final int DONE = 0;
    /** The work failed. */
    static final int FAILED = 1;
    /** The command line is wrong; nothing was begun. */
    static final int USAGE = 2;
    /** The user stopped the work, as shells report Ctrl-C. */
    static final int CANCELLED = 130;

    private static final String LOGGING = "palimpsest-logback.xml";
    private static final List<String> HELP = List.of("help", "--help", "-help", "-h", "-?");

    private Main() {}

    /** Runs a command and ends the process with 0 (done), 1 (failed), 2 (wrong usage) or 130 (cancelled). */
    public static void main(String[] args) {
        prepare();
        // The engine's threads would keep the process alive.
        System.exit(run(Arrays.asList(args), System.out, System.err, TerminalWidth.ofTerminal()));
    }

    /** Runs a command and returns the process's exit code. */
    static int run(List<String> args, PrintStream out, PrintStream err, IntSupplier width) {
        TerminalProgress progress = new TerminalProgress(out, err, width, System::nanoTime);
        CommandDefinition definition;
        Map<String, String> values;
        PalimpsestCommand command;
        try {
            if (args.isEmpty() || HELP.contains(args.get(0)) && isAboutCommand(args)) {
                out.print(args.size() < 2 ? HelpText.overview() : HelpText.of(CommandDefinition.named(args.get(1))));
                return args.isEmpty() ? USAGE : DONE;
            }
            definition = CommandDefinition.named(args.get(0));
            if (args.stream().skip(1).anyMatch(word -> HELP.indexOf(word) > 0)) {
                out.print(HelpText.of(definition));
                return DONE;
            }
            command = definition.create(Arguments.parse(args.subList(1, args.size())));
            values = definition.values(command);
        } catch (UserException e) {
            progress.complain(e.getMessage());
            return USAGE;
        }
        Interruption.listen(progress::cancel);
        return perform(command, definition, values, progress);
    }

    private static int perform(PalimpsestCommand command, CommandDefinition definition, Map<String, String> values,
            TerminalProgress progress) {
        try {
            command.perform(progress);
            progress.close();
            return DONE;
        } catch (CancelledException e) {
            progress.complain(e.getMessage());
            return CANCELLED;
        } catch (RuntimeException | Error e) {
            Failure failure = Failure.of(e, definition, values);
            progress.complain(failure.sentence());
            if (failure.writeLog())
                progress.complain("Details are in " + failure.log() + ". Please report this with that file.");
            else if (!failure.trace().isEmpty())
                progress.complain("Please report this:\n" + failure.trace());
            return FAILED;
        }
    }

    /** {@code help}, {@code help COMMAND}; {@code help about=COMMAND} is left to the command. */
    private static boolean isAboutCommand(List<String> args) {
        if (args.size() > 2)
            throw new UserException("'help' tells of one command at a time: 'help " + args.get(1) + "'.");
        return args.size() == 1 || !args.get(1).contains("=");
    }

    /** What must be set before the first class of the engine or of AWT is loaded. */
    private static void prepare() {
        if (System.getProperty("java.awt.headless") == null)
            System.setProperty("java.awt.headless", "true");
        quietenLogging();
    }

    /** The engine's libraries would fill the console, unless somebody has said what they want to read. */
    static void quietenLogging() {
        if (System.getProperty("logback.configurationFile") == null && Main.class.getResource("/" + LOGGING) != null)
            System.setProperty("logback.configurationFile", LOGGING);
    }
}
