package dev.confine.cli.identity;

import dev.confine.cli.text.DisplayWidth;
import dev.confine.cli.text.Svg;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.List;

/**
 * The picture of user namespaces and what they own: a box a user namespace, in it a card for each namespace that it owns, then the boxes of the user namespaces in
 * it. All places are computed from the widths of texts, and texts are cut to their places, so nothing overlaps however many there are.
 */
final class NamespacePicture {
    private static final int WIDEST = 1720;
    private static final int MARGIN = 12;
    private static final int GAP = 8;
    private static final int CARD = 256;
    private static final int CARD_HEIGHT = 2 * Svg.LINE + GAP;
    private static final int MOST_CARDS = 6;
    private static final String[] FILLS = {"#f4f6fb", "#e9eef8", "#dfe7f5"};

    private NamespacePicture() {}

    static String of(List<NamespaceFacts> all) {
        List<Box> boxes = new ArrayList<>();
        for (OwnedNamespaces root : OwnedNamespaces.of(all)) {
            boxes.add(new Box(root, 0, WIDEST));
        }
        Shelf shelf = new Shelf(boxes, WIDEST);
        Svg svg = new Svg();
        int width = Math.max(shelf.width, legendWidth()) + 2 * MARGIN;
        legend(svg);
        shelf.draw(svg, MARGIN, 2 * MARGIN + Svg.LINE);
        return svg.document(width, shelf.height + 3 * MARGIN + Svg.LINE);
    }

    private static void legend(Svg svg) {
        int x = MARGIN;
        for (NamespaceType type : NamespaceType.values()) {
            String name = NamespaceId.file(type);
            svg.box(x, MARGIN + 2, Svg.LINE - 4, Svg.LINE - 4, "fill:" + colour(type) + ";stroke:#555");
            svg.text(x + Svg.LINE, MARGIN, name, "fill:#333");
            x += Svg.LINE + Svg.width(name) + 2 * GAP;
        }
    }

    private static int legendWidth() {
        int width = 0;
        for (NamespaceType type : NamespaceType.values()) {
            width += Svg.LINE + Svg.width(NamespaceId.file(type)) + 2 * GAP;
        }
        return width;
    }

    private static String colour(NamespaceType type) {
        return switch (type) {
            case MOUNT -> "#ffe0b2";
            case NETWORK -> "#c8e6c9";
            case PID -> "#f8bbd0";
            case IPC -> "#d7ccc8";
            case UTS -> "#fff9c4";
            case CGROUP -> "#b2dfdb";
            case TIME -> "#e1bee7";
            case USER -> "#bbdefb";
        };
    }

    /** A user namespace with its contents, whose size is known once it is made. */
    private static final class Box {
        final int width;
        final int height;
        private final OwnedNamespaces content;
        private final int depth;
        private final List<String> heading = new ArrayList<>();
        private final int cardsInRow;
        private final Shelf children;

        Box(OwnedNamespaces content, int depth, int room) {
            this.content = content;
            this.depth = depth;
            int inner = Math.max(room - 2 * MARGIN, CARD);
            List<Box> boxes = new ArrayList<>();
            for (OwnedNamespaces child : content.children()) {
                boxes.add(new Box(child, depth + 1, inner));
            }
            this.children = new Shelf(boxes, inner);
            int cards = content.owned().size();
            int wanted = Math.max((int) Math.ceil(Math.sqrt(cards)), (children.width + GAP) / (CARD + GAP));
            this.cardsInRow =
                    Math.max(1, Math.min(Math.min(wanted, cards), Math.min(MOST_CARDS, inner / (CARD + GAP))));
            heading();
            int headingWidth = 0;
            for (int i = 0; i < heading.size(); i++) {
                heading.set(i, DisplayWidth.cut(heading.get(i), Svg.columns(inner)));
                headingWidth = Math.max(headingWidth, Svg.width(heading.get(i)));
            }
            int cardsWidth = cards == 0 ? 0 : cardsInRow * (CARD + GAP) - GAP;
            this.width = Math.max(Math.max(cardsWidth, children.width), headingWidth) + 2 * MARGIN;
            this.height = MARGIN + cardsTop() + cardsHeight() + children.height + (boxes.isEmpty() ? 0 : GAP) + GAP;
        }

        private void heading() {
            NamespaceFacts user = content.user();
            if (user == null) {
                heading.add("owner not visible");
                return;
            }
            int count = user.namespace().processes().size();
            heading.add(user.id() + (user.container() == null ? "" : "  " + user.container()));
            heading.add((user.maps().isEmpty() ? "" : "maps " + user.maps() + ", ")
                    + count
                    + (count == 1 ? " process" : " processes")
                    + (user.users().isEmpty() ? "" : " of " + String.join(",", user.users())));
            heading.add(DisplayWidth.cut(user.commandOrKeeper(), 60));
        }

        private int cardsTop() {
            return heading.size() * Svg.LINE + GAP;
        }

        private int cardsHeight() {
            int rows = (content.owned().size() + cardsInRow - 1) / cardsInRow;
            return rows * (CARD_HEIGHT + GAP);
        }

        void draw(Svg svg, int x, int y) {
            String dashes = content.user() == null ? ";stroke-dasharray:5 4" : "";
            svg.box(x, y, width, height, "fill:" + FILLS[depth % FILLS.length] + ";stroke:#5c6bc0" + dashes);
            for (int i = 0; i < heading.size(); i++) {
                svg.text(
                        x + MARGIN,
                        y + GAP + i * Svg.LINE,
                        heading.get(i),
                        i == 0 ? "fill:#1a237e;font-weight:bold" : "fill:#333");
            }
            int top = y + MARGIN + cardsTop();
            for (int i = 0; i < content.owned().size(); i++) {
                int column = i % cardsInRow;
                int row = i / cardsInRow;
                card(svg, content.owned().get(i), x + MARGIN + column * (CARD + GAP), top + row * (CARD_HEIGHT + GAP));
            }
            children.draw(svg, x + MARGIN, top + cardsHeight());
        }

        private static void card(Svg svg, NamespaceFacts facts, int x, int y) {
            int columns = Svg.columns(CARD - 2 * GAP);
            int count = facts.namespace().processes().size();
            svg.group(facts.id() + " " + facts.commandOrKeeper());
            svg.box(x, y, CARD, CARD_HEIGHT, "fill:" + colour(facts.id().type()) + ";stroke:#888");
            svg.text(
                    x + GAP,
                    y + GAP / 2,
                    DisplayWidth.cut(
                            facts.type() + " " + facts.inode() + " "
                                    + (count == 0 ? "empty" : count == 1 ? "1 process" : count + " processes"),
                            columns),
                    "fill:#222");
            svg.text(
                    x + GAP,
                    y + GAP / 2 + Svg.LINE,
                    DisplayWidth.cut(DisplayWidth.printable(facts.commandOrKeeper()), columns),
                    "fill:#555");
            svg.end();
        }
    }

    /** Boxes in rows, each row as high as its highest box. */
    private static final class Shelf {
        final int width;
        final int height;
        private final List<Box> boxes;
        private final List<int[]> places = new ArrayList<>();

        Shelf(List<Box> boxes, int room) {
            this.boxes = boxes;
            int x = 0;
            int y = 0;
            int row = 0;
            int widest = 0;
            for (Box box : boxes) {
                if (x > 0 && x + box.width > room) {
                    x = 0;
                    y += row + GAP;
                    row = 0;
                }
                places.add(new int[] {x, y});
                x += box.width + GAP;
                row = Math.max(row, box.height);
                widest = Math.max(widest, x - GAP);
            }
            this.width = widest;
            this.height = y + row;
        }

        void draw(Svg svg, int x, int y) {
            for (int i = 0; i < boxes.size(); i++) {
                boxes.get(i).draw(svg, x + places.get(i)[0], y + places.get(i)[1]);
            }
        }
    }
}
