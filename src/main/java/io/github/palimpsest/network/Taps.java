package io.github.palimpsest.network;

import java.util.List;

/**
 * The nodes of a trunk at which it can be read or cut other than at its end.
 *
 * @param deep nodes of the trunk's own stride, whose values a head of several depths reads together; the last one has seen the
 *            whole trunk
 * @param shallow a node twice as fine, or, where the trunk has none, the finest that has seen some layers: it knows where things
 *            end
 * @param lastBlocks where the trunk's last blocks start: everything above depends on what is below through this node alone
 * @param middle one of the nodes above, which is still about parts rather than about whole things: parts that look alike are
 *            alike there
 */
public record Taps(List<String> deep, String shallow, String lastBlocks, String middle) {

    public Taps {
        deep = List.copyOf(deep);
    }
}
