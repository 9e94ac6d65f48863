package dev.confine.cli.identity;

import dev.confine.cli.text.DisplayWidth;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A picture as it would be seen: where its texts and boxes are. Text is taken to be as wide as the widest of the usual monospaced fonts makes it. */
record Drawing(int width, int height, List<Place> texts, List<Place> boxes) {
    private static final double ADVANCE = 7.23;
    private static final int ASCENT = 11;
    private static final int DESCENT = 3;

    /** Something at a place. */
    record Place(String what, double left, double top, double right, double bottom) {
        boolean overlaps(Place other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        boolean contains(Place other) {
            return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
        }
    }

    static Drawing of(String svg) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
            Element root = document.getDocumentElement();
            return new Drawing(
                    number(root, "width"),
                    number(root, "height"),
                    texts(root.getElementsByTagName("text")),
                    boxes(root.getElementsByTagName("rect")));
        } catch (Exception e) {
            throw new AssertionError("no picture: " + e, e);
        }
    }

    private static List<Place> texts(NodeList nodes) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element text = (Element) nodes.item(i);
            String content = text.getTextContent();
            int x = number(text, "x");
            int y = number(text, "y");
            places.add(new Place(content, x, y - ASCENT, x + DisplayWidth.of(content) * ADVANCE, y + DESCENT));
        }
        return places;
    }

    private static List<Place> boxes(NodeList nodes) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element box = (Element) nodes.item(i);
            if (box.hasAttribute("x")) {
                int x = number(box, "x");
                int y = number(box, "y");
                places.add(new Place(
                        box.getAttribute("style"), x, y, x + number(box, "width"), y + number(box, "height")));
            }
        }
        return places;
    }

    /** Texts that touch another, and boxes that are neither apart nor one in the other. */
    List<String> overlaps() {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            for (int j = i + 1; j < texts.size(); j++) {
                if (texts.get(i).overlaps(texts.get(j))) {
                    found.add(texts.get(i) + " and " + texts.get(j));
                }
            }
        }
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = i + 1; j < boxes.size(); j++) {
                Place one = boxes.get(i);
                Place two = boxes.get(j);
                if (one.overlaps(two) && !one.contains(two) && !two.contains(one)) {
                    found.add(one + " and " + two);
                }
            }
            for (Place text : texts) {
                if (boxes.get(i).overlaps(text) && !boxes.get(i).contains(text)) {
                    found.add(text + " leaves " + boxes.get(i));
                }
            }
        }
        return found;
    }

    /** What is not on the picture. */
    List<Place> outside() {
        Place whole = new Place("picture", 0, 0, width, height);
        List<Place> outside = new ArrayList<>();
        for (Place text : texts) {
            if (!whole.contains(text)) {
                outside.add(text);
            }
        }
        for (Place box : boxes) {
            if (!whole.contains(box)) {
                outside.add(box);
            }
        }
        return outside;
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }
}
