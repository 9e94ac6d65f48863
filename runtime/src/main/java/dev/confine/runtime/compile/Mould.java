package dev.confine.runtime.compile;

import dev.confine.launch.Program;
import dev.confine.launch.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is compiled for all containers that differ in nothing but their ids, which have the same length. It is found by comparing two results, for ids that have no
 * character in common at any place: where the results differ, there stands the id. It does not know what is in a program.
 */
public final class Mould {
    private final Compiled one;
    private final int[] inData;
    private final List<Text> steps = new ArrayList<>();
    private final List<Text> cures = new ArrayList<>();

    private Mould(Compiled one, Compiled other, int length) {
        this.one = one;
        this.inData = places(latin(one.program()), latin(other.program()), length);
        List<Step> others = other.program().steps();
        for (int i = 0; i < Math.min(one.program().steps().size(), others.size()); i++) {
            Text.add(steps, i, one.program().step(i).what(), others.get(i).what(), length);
        }
        for (int i = 0; i < Math.min(one.cures().size(), other.cures().size()); i++) {
            Text.add(cures, i, one.cures().get(i).text(), other.cures().get(i).text(), length);
        }
    }

    /**
     * @param id what {@code one} was compiled for, whose characters all differ from those of {@code otherId} at their places
     * @return null where the two differ in more than their ids
     */
    public static @Nullable Mould of(Compiled one, String id, Compiled other, String otherId) {
        Mould mould = new Mould(one, other, id.length());
        return equal(mould.cast(id), one) && equal(mould.cast(otherId), other) ? mould : null;
    }

    /** What the compiler would make for {@code id}, which is as long as those that this was found with. */
    public Compiled cast(String id) {
        Program program = one.program();
        byte[] data = program.data().clone();
        byte[] name = id.getBytes(StandardCharsets.US_ASCII);
        for (int place : inData) {
            System.arraycopy(name, 0, data, place, name.length);
        }
        List<Step> named = new ArrayList<>(program.steps());
        for (Text text : steps) {
            named.set(text.index, new Step(text.with(id), named.get(text.index).pointer()));
        }
        List<Cure> helpful = new ArrayList<>(one.cures());
        for (Text text : cures) {
            Cure cure = helpful.get(text.index);
            helpful.set(text.index, new Cure(cure.step(), cure.errno(), text.with(id), cure.path()));
        }
        return new Compiled(program.with(data, named), helpful);
    }

    private static boolean equal(Compiled one, Compiled other) {
        return Arrays.equals(one.program().data(), other.program().data())
                && one.program().instructions().equals(other.program().instructions())
                && one.program().relocations().equals(other.program().relocations())
                && one.program().steps().equals(other.program().steps())
                && one.cures().equals(other.cures());
    }

    /** A character for each byte. */
    private static String latin(Program program) {
        return new String(program.data(), StandardCharsets.ISO_8859_1);
    }

    /** Where in {@code text} what makes it differ from {@code other} begins, if all that does is {@code length} long. */
    private static int[] places(String text, String other, int length) {
        int[] places = new int[8];
        int count = 0;
        for (int i = 0; i + length <= Math.min(text.length(), other.length()); i++) {
            if (text.charAt(i) != other.charAt(i)) {
                places = count < places.length ? places : Arrays.copyOf(places, 2 * count);
                places[count++] = i;
                i += length - 1;
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** A text of a list that has the id in it. */
    private record Text(int index, String text, int[] places) {
        static void add(List<Text> to, int index, String text, String other, int length) {
            if (!text.equals(other)) {
                to.add(new Text(index, text, Mould.places(text, other, length)));
            }
        }

        String with(String id) {
            StringBuilder named = new StringBuilder(text);
            for (int place : places) {
                named.replace(place, place + id.length(), id);
            }
            return named.toString();
        }
    }
}
