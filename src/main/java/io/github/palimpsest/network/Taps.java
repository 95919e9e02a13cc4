package io.github.palimpsest.network;

import java.util.List;

/**
 * The nodes of a trunk at which it can be read or cut other than at its end.
 *
 * @param deep nodes of the trunk's own stride, whose values a head of several depths reads together; the last
 *            one has seen nearly the whole trunk
 * @param shallow a node twice as fine, or, where the trunk has none, an early one of the same stride: it knows
 *            where things end
 * @param lastBlocks where the trunk's last blocks start: what is above the node depends on what is below through
 *            the node alone
 * @param middle one of the nodes above, which is still about parts rather than about whole things: what
 *            looks alike is alike there
 */
public record Taps(List<String> deep, String shallow, String lastBlocks, String middle) {

    public Taps {
        deep = List.copyOf(deep);
    }
}
