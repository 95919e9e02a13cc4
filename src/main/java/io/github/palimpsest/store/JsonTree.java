package io.github.palimpsest.store;

import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

/** Strict JSON as a tree: no laxness, no name twice in one object, and no nesting so deep that the stack gives out. */
final class JsonTree {

    /** Deeper than anything that is written here; shallow enough for any stack. */
    private static final int DEEPEST = 64;

    private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");

    private JsonTree() {}

    /**
     * Reads a text.
     *
     * @throws JsonException saying what is wrong
     */
    static JsonElement parse(String text) throws JsonException {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            JsonElement element = element(reader, 0);
            if (reader.peek() != JsonToken.END_DOCUMENT)
                throw new JsonException("has something after its end");
            return element;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
            throw new JsonException("is not JSON" + (place.find() ? " (" + place.group() + ")" : ""));
        }
    }

    private static JsonElement element(JsonReader reader, int depth) throws IOException, JsonException {
        if (depth > DEEPEST)
            throw new JsonException("is nested more than " + DEEPEST + " deep");
        switch (reader.peek()) {
            case BEGIN_OBJECT: {
                JsonObject object = new JsonObject();
                reader.beginObject();
                while (reader.hasNext()) {
                    String name = reader.nextName();
                    if (object.has(name))
                        throw new JsonException("has \"" + shortened(name) + "\" twice");
                    object.add(name, element(reader, depth + 1));
                }
                reader.endObject();
                return object;
            }
            case BEGIN_ARRAY: {
                JsonArray array = new JsonArray();
                reader.beginArray();
                while (reader.hasNext())
                    array.add(element(reader, depth + 1));
                reader.endArray();
                return array;
            }
            case STRING:
                return new JsonPrimitive(reader.nextString());
            case NUMBER:
                return new JsonPrimitive(new LazilyParsedNumber(reader.nextString()));
            case BOOLEAN:
                return new JsonPrimitive(reader.nextBoolean());
            default:
                reader.nextNull();
                return JsonNull.INSTANCE;
        }
    }

    /** A name from a file, fit to be shown in a sentence. */
    static String shortened(String name) {
        String line = name.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }

    /** What is wrong with a text, worded to follow the name of its file. */
    static final class JsonException extends Exception {

        private static final long serialVersionUID = 1L;

        JsonException(String predicate) {
            super(predicate);
        }
    }
}
