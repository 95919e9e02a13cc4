package io.github.palimpsest.windows;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands all tests the same {@link PlainImageJ}, started when the first one asks for it and ended after the last: the one
 * with windows, or for a parameter marked {@link Headless} the one without.
 */
final class SharedImageJ implements ParameterResolver {

    private static final Namespace OURS = Namespace.create(SharedImageJ.class);

    /** What is closed with the last test, however the tests end. */
    private record Kept(PlainImageJ imagej) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            imagej.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PlainImageJ.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean headless = parameter.isAnnotated(Headless.class);
        return context.getRoot().getStore(OURS).getOrComputeIfAbsent(headless, key -> new Kept(start(headless)), Kept.class).imagej;
    }

    private static PlainImageJ start(boolean headless) {
        try {
            return headless ? PlainImageJ.startHeadless("headless") : PlainImageJ.start("windows");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
