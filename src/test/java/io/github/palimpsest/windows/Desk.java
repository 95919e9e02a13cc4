package io.github.palimpsest.windows;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

import ij.IJ;
import ij.ImageJ;

/**
 * The process of a real ImageJ, started as a user starts it. The scenes of the tests are loaded on top of ImageJ's own
 * loader of plugins, so that they see the very classes that its menus run, and ImageJ does not see the tests.
 */
final class Desk {

    private Desk() {}

    /** Arguments: the test's port, the window manager's process, the folder for screenshots, the scenes' classes and jars. */
    public static void main(String[] arguments) throws Exception {
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
}
