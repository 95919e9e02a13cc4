package io.github.palimpsest.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.InitPreprocessor;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;

import ij.IJ;
import ij.Macro;
import io.github.palimpsest.launch.SlowCommand;

/** The commands as SciJava runs them: with inputs as its harvesters give them, and as Fiji's macros do. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public class SciJavaDoorTest {

    /** Does what imagej-legacy's preprocessor of that name does: each input whose key ImageJ finds in the options is set. */
    private static final class MacroPreprocessor extends AbstractPreprocessorPlugin {
        @Override
        public void process(Module module) {
            for (ModuleItem<?> input : module.getInfo().inputs()) {
                String value = Macro.getValue(Macro.getOptions(), input.getName(), null);
                if (value != null) {
                    Class<?> type = input.getType();
                    // SciJava's conversion makes 0 of what is no number.
                    Object converted = type == File.class ? new File(value) : type == String.class ? value
                            : type == int.class ? (Object) (value.matches("\\d+") ? Integer.parseInt(value) : 0)
                            : type == long.class ? (Object) (value.matches("\\d+") ? Long.parseLong(value) : 0L) : (Object) "true".equals(value);
                    module.setInput(input.getName(), converted);
                    module.resolveInput(input.getName());
                }
            }
        }
    }

    @TempDir
    Path folder;

    private Context context;
    private CommandService commands;

    private static Context macroContext;
    private static Module macroModule;

    @BeforeEach
    void open() {
        context = new Context(CommandService.class, TaskService.class, EventService.class);
        commands = context.service(CommandService.class);
    }

    @AfterEach
    void close() {
        context.dispose();
    }

    @Test
    void harvestedInputsAreTaken() throws Exception {
        Path output = folder.resolve("größe a");
        PalimpsestCommand module = run(MakeSample.class, "output", output.toFile(), "images", 2, "size", 64, "seed", 4L).get();
        assertFalse(module.isCanceled());
        assertEquals(2, Files.list(output.resolve("images")).count());
        assertTrue(status(output).contains("\"done\""));
    }

    @Test
    void wrongInputsGetTheSentenceOfTheTerminal() throws Exception {
        PalimpsestCommand module = run(MakeSample.class, "output", folder.resolve("x").toFile(), "images", 0).get();
        assertEquals("images=0 is out of range: it must be 1 to 9999.", module.getCancelReason());
        assertFalse(Files.exists(folder.resolve("x")));
    }

    @Test
    void theTaskCancelsTheWorkAndASecondRunIsRefused() throws Exception {
        Canceller canceller = new Canceller();
        context.service(EventService.class).subscribe(canceller);
        Future<PalimpsestCommand> first = run(SlowCommand.class, "steps", 100);
        assertTrue(canceller.begun.await(1, TimeUnit.MINUTES), "there is a task");
        PalimpsestCommand second = run(SlowCommand.class, "steps", 1).get();
        assertTrue(second.getCancelReason().startsWith("'Slow Test...' is at work already."), second.getCancelReason());
        canceller.cancel();
        assertEquals("Stopped. The same command goes on from here.", first.get().getCancelReason());
    }

    /** Presses the button of the first task. */
    public static final class Canceller {
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile org.scijava.task.Task task;

        @EventHandler
        public void onEvent(TaskEvent event) {
            // A task reports progress when its work is going on.
            if (task == null && event.getTask().getProgressMaximum() > 0 && event.getTask().getStatusMessage() != null) {
                task = event.getTask();
                begun.countDown();
            }
        }

        void cancel() {
            task.cancel("the user's wish");
        }
    }

    @Test
    void macrosTakeDefaultsWhateverSciJavaRemembers() throws Exception {
        Path output = folder.resolve("it's [b] seed=9");
        MakeSample command = runAsMacro(MakeSample.class, "output=[" + output + "] images=1 size=64");
        assertFalse(command.isCanceled(), command.getCancelReason());
        assertTrue(status(output).contains("\"done\""));
        assertEquals("1", CommandDefinition.of(MakeSample.class).values(command).get("seed"), "a key in a path is no key");
    }

    @Test
    void wrongKeysAndValuesAreToldInMacros() throws Exception {
        for (Map.Entry<String, String> wrong : Map.of("imges=3", "'make-sample' has no key 'imges'. Did you mean images=?",
                "images=many", "images=many is not a whole number: it must be 1 to 9999.", "quickly", "'quickly' is not of the form").entrySet()) {
            Path output = folder.resolve(wrong.getKey());
            MakeSample command = runAsMacro(MakeSample.class, "output=" + output + " " + wrong.getKey());
            assertTrue(command.getCancelReason().startsWith(wrong.getValue()), command.getCancelReason());
            assertTrue(status(output).contains("\"failed\""));
        }
    }

    private <C extends PalimpsestCommand> Future<PalimpsestCommand> run(Class<C> type, Object... inputs) {
        Future<? extends Module> module = context.service(ModuleService.class).run(commands.getCommand(type), true, inputs);
        return CompletableFuture.supplyAsync(() -> {
            try {
                return (PalimpsestCommand) module.get().getDelegateObject();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private <C extends PalimpsestCommand> C runAsMacro(Class<C> type, String options) throws Exception {
        CommandInfo info = commands.getCommand(type);
        macroContext = context;
        macroModule = info.createModule();
        context.inject(macroModule);
        IJ.runMacro("call(\"" + SciJavaDoorTest.class.getName() + ".runModule\", \"" + options.replace("\\", "\\\\") + "\");");
        return type.cast(macroModule.getDelegateObject());
    }

    /** Called by the macro, as Fiji calls a command within one. */
    public static String runModule(String options) {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName("Run$_" + name);
        Macro.setOptions(options);
        try {
            InitPreprocessor init = new InitPreprocessor();
            macroContext.inject(init);
            List<PreprocessorPlugin> pre = List.of(new MacroPreprocessor(), init);
            new ModuleRunner(macroContext, macroModule, pre, List.of()).run();
        } finally {
            Macro.setOptions(null);
            thread.setName(name);
        }
        return "";
    }

    private static String status(Path output) throws IOException {
        return Files.readString(output.resolve("status.json"));
    }
}
