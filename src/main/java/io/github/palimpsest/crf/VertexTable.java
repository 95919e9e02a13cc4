package io.github.palimpsest.crf;

import java.util.Arrays;

/** The vertices that pixels touch, numbered from 1 in the order in which they were met. Open addressing. */
final class VertexTable {

    private final int words;
    private int[] slots = new int[1 << 12];
    private long[] keys;
    private int vertices;

    VertexTable(int words) {
        this.words = words;
        keys = new long[words << 11];
    }

    /** How many vertices there are. */
    int vertices() {
        return vertices;
    }

    /** The number of a vertex, which becomes one if it was none. */
    int add(long[] source, int at) {
        int slot = slotOf(source, at);
        if (slots[slot] == 0) {
            if (2 * (vertices + 1) > slots.length) {
                grow();
                slot = slotOf(source, at);
            }
            System.arraycopy(source, at, keys, vertices * words, words);
            slots[slot] = ++vertices;
        }
        return slots[slot];
    }

    /** The number of a vertex, or 0 if it is none. */
    int find(long[] source, int at) {
        return slots[slotOf(source, at)];
    }

    /** Writes the key of a vertex plus a step. */
    void stepped(int vertex, long[] steps, int step, long[] key) {
        for (int w = 0; w < words; w++)
            key[w] = keys[(vertex - 1) * words + w] + steps[step + w];
    }

    private int slotOf(long[] source, int at) {
        int mask = slots.length - 1;
        int slot = hash(source, at) & mask;
        while (slots[slot] != 0 && !holds(slots[slot], source, at))
            slot = slot + 1 & mask;
        return slot;
    }

    private boolean holds(int vertex, long[] source, int at) {
        int own = (vertex - 1) * words;
        for (int w = 0; w < words; w++)
            if (keys[own + w] != source[at + w])
                return false;
        return true;
    }

    // Multiplication carries upwards only, so the upper half is folded down.
    private int hash(long[] source, int at) {
        long hash = 0;
        for (int w = 0; w < words; w++) {
            hash = (hash + source[at + w]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    private void grow() {
        keys = Arrays.copyOf(keys, Math.multiplyExact(2, keys.length));
        slots = new int[2 * slots.length];
        for (int vertex = 1; vertex <= vertices; vertex++)
            slots[slotOf(keys, (vertex - 1) * words)] = vertex;
    }
}
