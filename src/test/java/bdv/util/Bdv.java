package bdv.util;

/** Something in a window of BigDataViewer. */
public interface Bdv {

    static BdvOptions options() {
        return new BdvOptions();
    }
}
