package io.github.palimpsest.store;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;

import io.github.palimpsest.task.UserException;

/**
 * Records and maps as JSON; the same value always gives the same bytes. The components of a record come in their order,
 * the entries of a map in the map's (sorted where the map has none that lasts, as {@code HashMap} and {@code Map.of}).
 * JSON has no NaN and no infinity: they are written as null, and null is read as NaN where a {@code double} must be.
 */
public final class Json {

    /** Larger than any file that is written here: a file above it is a mistake. */
    private static final long LARGEST = 256L << 20;

    private static final String REMEDY = "Restore the file, or delete it and run the command again.";

    private static final Set<Class<?>> UNORDERED = Set.of(HashMap.class, Map.of().getClass(), Map.of(1, 1).getClass());

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls()
            .registerTypeAdapter(double.class, new Floating<>(Double.NaN, true))
            .registerTypeAdapter(Double.class, new Floating<>(null, true))
            .registerTypeAdapter(float.class, new Floating<>(Float.NaN, false))
            .registerTypeAdapter(Float.class, new Floating<>(null, false))
            .registerTypeHierarchyAdapter(Map.class, (JsonSerializer<Map<?, ?>>) Json::mapInOrder)
            .create();

    private Json() {}

    /** The value as indented JSON that ends with a line break. */
    public static String text(Object value) {
        return GSON.toJson(value) + "\n";
    }

    /**
     * Writes a value, indented, through a temporary name.
     *
     * @throws UserException if the file cannot be written
     */
    public static void write(Path file, Object value) {
        AtomicFile.writeString(file, text(value));
    }

    /**
     * Reads a value. What the type does not know is passed over, so that a later version may add to a file.
     *
     * @throws UserException if the file is absent, is not JSON, is nested absurdly deep, or lacks or mistypes what the
     *             type needs, naming the file
     */
    public static <T> T read(Path file, Class<T> type) {
        try {
            if (Files.size(file) > LARGEST)
                throw new UserException(file + " is larger than " + (LARGEST >> 20)
                        + " MB, which no file of this program is. "
                        + "Restore the file that was there, or delete this one and run again.");
            return parse(Files.readString(file), file.toString(), type);
        } catch (IOException e) {
            throw FileProblem.reading(file, e);
        }
    }

    /**
     * Reads a value from a text, such as an entry of an archive.
     *
     * @param source what the text is, for the sentence: the name of a file
     * @throws UserException as {@link #read} does
     */
    public static <T> T parse(String text, String source, Class<T> type) {
        try {
            JsonElement tree = JsonTree.parse(text);
            JsonShape.require(tree, type, "");
            return GSON.fromJson(tree, type);
        } catch (JsonTree.JsonException e) {
            throw new UserException(source + " " + e.getMessage() + ". " + REMEDY, e);
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new UserException(source + " does not hold what it should (" + e.getMessage() + "). " + REMEDY, e);
        } catch (RuntimeException e) {
            // A record's own constructor refused its components; Gson hides that in a bare RuntimeException.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UserException(source + " does not hold what it should (" + cause.getMessage() + "). " + REMEDY,
                    e);
        }
    }

    private static JsonElement mapInOrder(Map<?, ?> map, Type type, JsonSerializationContext context) {
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> entries.put(String.valueOf(key), value));
        JsonObject object = new JsonObject();
        (UNORDERED.contains(map.getClass()) ? new TreeMap<>(entries) : entries)
                .forEach((key, value) -> object.add(key, context.serialize(value)));
        return object;
    }

    /** Floating-point numbers, null for those that JSON lacks. */
    private static final class Floating<T extends Number> extends TypeAdapter<T> {

        private final T absent;
        private final boolean isDouble;

        Floating(T absent, boolean isDouble) {
            this.absent = absent;
            this.isDouble = isDouble;
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            if (value == null || !Double.isFinite(value.doubleValue()))
                out.nullValue();
            else
                out.value(value);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return absent;
            }
            double value = in.nextDouble();
            return isDouble ? (T) (Double) value : (T) (Float) (float) value;
        }
    }
}
