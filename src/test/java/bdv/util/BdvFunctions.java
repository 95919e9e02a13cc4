package bdv.util;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;

/** Shows nothing, but remembers what it was asked to show. */
public class BdvFunctions {

    /** All that was shown, in order. */
    public static final List<BdvStackSource<?>> SHOWN = new ArrayList<>();

    public static <T> BdvStackSource<T> show(RandomAccessibleInterval<T> img, String name, BdvOptions options) {
        BdvStackSource<T> source = new BdvStackSource<>(img, name, options);
        SHOWN.add(source);
        return source;
    }
}
