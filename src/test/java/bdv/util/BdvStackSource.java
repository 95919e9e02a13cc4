package bdv.util;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;

/** Remembers how it was shown. */
public class BdvStackSource<T> extends BdvSource {

    public final RandomAccessibleInterval<T> pixels;
    public final String name;
    public final BdvOptions options;
    public double max;
    public int color;
    public boolean active = true;

    protected BdvStackSource(RandomAccessibleInterval<T> pixels, String name, BdvOptions options) {
        this.pixels = pixels;
        this.name = name;
        this.options = options;
    }

    @Override
    public void setDisplayRange(double min, double newMax) {
        max = newMax;
    }

    @Override
    public void setColor(ARGBType newColor) {
        color = newColor.get();
    }

    @Override
    public void setActive(boolean isActive) {
        active = isActive;
    }
}
