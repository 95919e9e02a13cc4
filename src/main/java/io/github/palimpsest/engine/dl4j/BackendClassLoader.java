package io.github.palimpsest.engine.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Shows ND4J one of its backends only. ND4J looks for them with a ServiceLoader and lets environment variables decide between
 * several, and a running Fiji cannot set its own environment. Classes are not hidden and come from the parent, so that nothing
 * is loaded twice.
 */
final class BackendClassLoader extends ClassLoader {

    private static final String SERVICE = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

    private final String backend;

    /** @param backend the class that may be found */
    BackendClassLoader(ClassLoader parent, String backend) {
        super(parent);
        this.backend = backend;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Enumeration<URL> all = super.getResources(name);
        if (!name.equals(SERVICE))
            return all;
        List<URL> chosen = new ArrayList<>();
        while (all.hasMoreElements()) {
            URL url = all.nextElement();
            if (text(url).contains(backend))
                chosen.add(url);
        }
        return Collections.enumeration(chosen);
    }

    private static String text(URL url) {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + url, e);
        }
    }
}
