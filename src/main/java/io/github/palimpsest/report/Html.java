package io.github.palimpsest.report;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.Locale;

import io.github.palimpsest.store.PngFile;


/** Values as they stand in a page that is HTML and well-formed XML at once. */
final class Html {

    private Html() {}

    /** Anyone's text, harmless: markup is escaped, and what XML forbids or what turns the line around is replaced. */
    static String text(String anyones) {
        StringBuilder text = new StringBuilder();
        anyones.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.appendCodePoint(isHarmless(c) ? c : 0xFFFD);
            }
        });
        return text.toString();
    }

    private static boolean isHarmless(int c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        boolean turning = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        return !control && !surrogate && !turning && c != 0xFFFE && c != 0xFFFF;
    }

    /** A number with this many digits after the point, or a dash where there is none. */
    static String number(Double value, int digits) {
        if (value == null || !Double.isFinite(value))
            return "–";
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** A share 0..1 in percent, or a dash. */
    static String percent(Double share) {
        String number = number(share == null ? null : 100 * share, 1);
        return number.equals("–") ? number : number + "\u00a0%";
    }

    /** {@code 1 image}, {@code 2 images}. */
    static String count(int n, String one, String many) {
        return n + " " + (n == 1 ? one : many);
    }

    /** A cell of a table that shows a share 0..1 as a number and as a bar. */
    static String bar(Double share) {
        boolean known = share != null && Double.isFinite(share);
        return "<td class=\"bar\"><i style=\"width:" + (known ? number(100 * Math.min(1, share), 1) : "0")
                + "%\"></i><span>" + number(share, 3) + "</span></td>";
    }

    /** A picture that is part of the page. */
    static String image(BufferedImage picture, String alt) {
        return "<img src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(PngFile.bytes(picture)) + "\" width=\""
                + picture.getWidth() + "\" height=\"" + picture.getHeight() + "\" alt=\"" + text(alt) + "\"/>";
    }
}
