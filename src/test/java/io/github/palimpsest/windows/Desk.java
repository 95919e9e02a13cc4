package io.github.palimpsest.windows;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ij.IJ;
import ij.ImageJ;
import ij.Menus;

/**
 * The process of a real ImageJ, started as a user starts it. The scenes of the tests are loaded on top of ImageJ's own
 * loader of plugins, so that they see the very classes that its menus run, and ImageJ does not see the tests.
 */
final class Desk {

    private Desk() {}

    /** Arguments: the test's port, the window manager's process, the folder for screenshots, the scenes' classes and jars. */
    public static void main(String[] arguments) throws Exception {
        if (GraphicsEnvironment.isHeadless())
            loadMenus();
        else
            ImageJ.main(new String[0]);
        URL[] scenes = new URL[arguments.length - 3];
        for (int i = 0; i < scenes.length; i++)
            scenes[i] = Path.of(arguments[i + 3]).toUri().toURL();
        ClassLoader loader = new URLClassLoader(scenes, IJ.getClassLoader());
        Method open = loader.loadClass("io.github.palimpsest.windows.Stage").getDeclaredMethod("open", int.class, long.class,
                String.class);
        open.setAccessible(true);
        open.invoke(null, Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]), arguments[2]);
    }

    /**
     * Without a screen ImageJ 1.x cannot make its menus, and so finds no command, not even its own. Fiji has changed that; this
     * does the same: the commands are there, the menus are not.
     */
    private static void loadMenus() throws ReflectiveOperationException, IOException {
        Hashtable<String, String> commands = new Hashtable<>();
        try (InputStream in = IJ.class.getResourceAsStream("/IJ_Props.txt")) {
            Matcher own = Pattern.compile("(?m)^\\w+=\"(.+?)(?:\\[\\w+\\])?\",(ij[.].+)$")
                    .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (own.find())
                commands.put(own.group(1), own.group(2).strip());
        }
        // Not in that file, but in the code of the menus.
        commands.put("Smooth", "ij.plugin.filter.Filters(\"smooth\")");
        URL config = IJ.getClassLoader().getResource("plugins.config");
        try (InputStream in = config.openStream()) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] parts = line.split(", ", 3);
                if (!line.startsWith("#") && parts.length == 3)
                    commands.put(parts[1].replace("\"", ""), parts[2].strip());
            }
        }
        Field table = Menus.class.getDeclaredField("pluginsTable");
        table.setAccessible(true);
        table.set(null, commands);
    }
}
