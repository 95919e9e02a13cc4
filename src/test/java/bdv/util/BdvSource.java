package bdv.util;

import net.imglib2.type.numeric.ARGBType;

/** A source in a window. */
public abstract class BdvSource implements Bdv {

    public abstract void setDisplayRange(double min, double max);

    public abstract void setColor(ARGBType color);

    public abstract void setActive(boolean isActive);
}
