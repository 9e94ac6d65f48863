package dev.confine.cli.text;

/**
 * A picture as SVG 1.1 without scripts, links or fonts of its own. Text is monospaced, so that its width is known: {@link #width}.
 */
public final class Svg {
    /** Height of a line of text, in pixels. */
    public static final int LINE = 16;

    private static final int FONT = 12;
    /** What a monospaced font advances by: 0.6 em, and a little for those that are wider. */
    private static final double ADVANCE = 7.3;

    private final StringBuilder body = new StringBuilder();

    /** Pixels that {@code text} takes. */
    public static int width(String text) {
        return (int) Math.ceil(DisplayWidth.of(text) * ADVANCE);
    }

    /** Columns of text that fit into {@code pixels}. */
    public static int columns(int pixels) {
        return (int) Math.floor(pixels / ADVANCE);
    }

    /** A box with round corners; {@code style} is of CSS. */
    public Svg box(int x, int y, int width, int height, String style) {
        body.append("<rect x=\"").append(x).append("\" y=\"").append(y);
        body.append("\" width=\"").append(width).append("\" height=\"").append(height);
        body.append("\" rx=\"4\" style=\"").append(style).append("\"/>\n");
        return this;
    }

    /** A straight line. */
    public Svg line(int fromX, int fromY, int toX, int toY, String style) {
        body.append("<line x1=\"").append(fromX).append("\" y1=\"").append(fromY);
        body.append("\" x2=\"").append(toX).append("\" y2=\"").append(toY);
        body.append("\" style=\"").append(style).append("\"/>\n");
        return this;
    }

    /** A figure with four corners, from a left side to a right side. */
    public Svg band(int left, int leftTop, int leftEnd, int right, int rightTop, int rightEnd, String style) {
        body.append("<polygon points=\"").append(left).append(',').append(leftTop);
        body.append(' ').append(right).append(',').append(rightTop);
        body.append(' ').append(right).append(',').append(rightEnd);
        body.append(' ').append(left).append(',').append(leftEnd);
        body.append("\" style=\"").append(style).append("\"/>\n");
        return this;
    }

    /** One line of text whose upper left corner is there. Where it may be wide it is told how wide to be, whatever the font has. */
    public Svg text(int x, int y, String text, String style) {
        String shown = DisplayWidth.printable(text);
        body.append("<text x=\"").append(x).append("\" y=\"").append(y + FONT);
        if (DisplayWidth.of(shown) != shown.length()) {
            body.append("\" textLength=\"").append(width(shown));
        }
        body.append("\" style=\"")
                .append(style)
                .append("\">")
                .append(escaped(shown))
                .append("</text>\n");
        return this;
    }

    /** Starts what {@link #end} ends; {@code title} shows where a pointer rests on it. */
    public Svg group(String title) {
        body.append("<g><title>").append(escaped(title)).append("</title>\n");
        return this;
    }

    public Svg end() {
        body.append("</g>\n");
        return this;
    }

    /** The whole document. */
    public String document(int width, int height) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 "
                + width + " " + height
                + "\" font-family=\"'DejaVu Sans Mono', 'Liberation Mono', monospace\" font-size=\"" + FONT
                + "\" xml:space=\"preserve\">\n"
                + "<rect width=\"" + width + "\" height=\"" + height + "\" fill=\"#ffffff\"/>\n" + body + "</svg>\n";
    }

    /** Control characters are not XML at all, not even escaped. */
    private static String escaped(String text) {
        return DisplayWidth.printable(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
