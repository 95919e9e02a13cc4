package io.github.palimpsest.view;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The pixels that were looked at lately. What has not been looked at for longest goes when there are too many, so that a
 * run of any size takes the same memory. Safe for several threads.
 */
final class LayerCache {

    private static final long LEAST = 64L << 20;

    private final long capacity;
    private final Map<Object, Held> held = new LinkedHashMap<>(16, .75f, true);
    private long bytes;
    private int loads;

    /** @param bytes of the pixels that are held */
    private record Held(Object pixels, long bytes) {}

    /** @param capacity in bytes; what was asked for last is held even if it is larger */
    LayerCache(long capacity) {
        this.capacity = capacity;
    }

    /** An eighth of what Java may take. */
    LayerCache() {
        this(Math.max(LEAST, Runtime.getRuntime().maxMemory() / 8));
    }

    /**
     * The pixels of a key, loaded if they are not held. What fails to load is not remembered.
     *
     * @param pixelBytes of what is loaded
     */
    @SuppressWarnings("unchecked")
    synchronized <P> P get(Object key, long pixelBytes, Supplier<P> load) {
        Held known = held.get(key);
        if (known != null)
            return (P) known.pixels();
        P pixels = load.get();
        loads++;
        held.put(key, new Held(pixels, pixelBytes));
        bytes += pixelBytes;
        Iterator<Map.Entry<Object, Held>> oldest = held.entrySet().iterator();
        while (bytes > capacity && held.size() > 1) {
            bytes -= oldest.next().getValue().bytes();
            oldest.remove();
        }
        return pixels;
    }

    synchronized void clear() {
        held.clear();
        bytes = 0;
    }

    /** The bytes that are held now. */
    synchronized long bytes() {
        return bytes;
    }

    /** How often something had to be loaded. */
    synchronized int loads() {
        return loads;
    }
}
