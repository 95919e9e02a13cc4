package bdv.util;

/** How something is shown. */
public class BdvOptions {

    /** Whether it was told that images have no depth. */
    public boolean flat;
    /** The window to add to, or null for a new one. */
    public Bdv window;

    public BdvOptions is2D() {
        flat = true;
        return this;
    }

    public BdvOptions addTo(Bdv bdv) {
        window = bdv;
        return this;
    }
}
