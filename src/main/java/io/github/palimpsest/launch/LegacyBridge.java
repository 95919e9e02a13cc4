package io.github.palimpsest.launch;

import ij.IJ;
import ij.plugin.PlugIn;

/** The door for ImageJ 1.x without SciJava: {@code plugins.config} names it with a command's name as its argument. */
public final class LegacyBridge implements PlugIn {

    /** Of a plugin whose libraries are missing ImageJ says nothing, and nothing happens: so this class needs none. */
    @Override
    public void run(String name) {
        try {
            new LegacyDoor().run(name);
        } catch (NoClassDefFoundError e) {
            IJ.error("Palimpsest", "A library is missing (" + e.getMessage() + ").\nPut everything that is in target/lib, but ij, into "
                    + "the folder plugins/jars of ImageJ,\nand start it again. (In Fiji: target/fiji/jars into jars.)");
        }
    }
}
