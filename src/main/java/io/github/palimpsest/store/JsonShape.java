package io.github.palimpsest.store;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

import io.github.palimpsest.store.JsonTree.JsonException;

/**
 * Whether a JSON tree holds what a record needs. Gson alone fills what is absent with zeros and nulls, takes
 * {@code "3"} for a number, and takes an unknown constant of an enumeration for null.
 */
final class JsonShape {

    private static final Set<Class<?>> BOXED = Set.of(Double.class, Float.class, Integer.class, Long.class, Short.class,
            Byte.class, Boolean.class, String.class);

    private JsonShape() {}

    /**
     * Compares.
     *
     * @param path of the element within its file, for the sentence; empty at the top
     * @throws JsonException naming the first component that is absent or of the wrong type
     */
    static void require(JsonElement element, Type type, String path) throws JsonException {
        Class<?> raw = raw(type);
        if (element.isJsonNull()) {
            // NaN is written as null, so null is NaN where a floating-point number must be.
            if (!BOXED.contains(raw) && raw != double.class && raw != float.class && raw != Object.class)
                throw wrong(path, "must not be null");
        } else if (raw.isRecord()) {
            record(element, raw, path);
        } else if (raw.isEnum()) {
            constant(element, raw, path);
        } else if (Map.class.isAssignableFrom(raw)) {
            if (!element.isJsonObject())
                throw wrong(path, "must be an object");
            for (Map.Entry<String, JsonElement> entry : element.getAsJsonObject().entrySet())
                require(entry.getValue(), argument(type, 1), path + "[\"" + JsonTree.shortened(entry.getKey()) + "\"]");
        } else if (Collection.class.isAssignableFrom(raw) || raw.isArray()) {
            if (!element.isJsonArray())
                throw wrong(path, "must be a list");
            int i = 0;
            for (JsonElement item : element.getAsJsonArray())
                require(item, itemType(type, raw), path + "[" + i++ + "]");
        } else {
            scalar(element, raw, path);
        }
    }

    private static void record(JsonElement element, Class<?> type, String path) throws JsonException {
        if (!element.isJsonObject())
            throw wrong(path, "must be an object");
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            String there = path.isEmpty() ? name : path + "." + name;
            JsonElement value = element.getAsJsonObject().get(name);
            boolean isOlder = component.isAnnotationPresent(OrMissing.class) && (value == null || value.isJsonNull());
            if (isOlder)
                continue;
            if (value == null)
                throw new JsonException("has no \"" + there + "\"");
            if (!value.isJsonNull() || !component.isAnnotationPresent(OrNull.class))
                require(value, component.getGenericType(), there);
        }
    }

    private static void constant(JsonElement element, Class<?> type, String path) throws JsonException {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name()).toList();
        if (!isString(element) || !names.contains(element.getAsString()))
            throw wrong(path, "must be one of " + String.join(", ", names));
    }

    private static void scalar(JsonElement element, Class<?> type, String path) throws JsonException {
        JsonPrimitive value = element.isJsonPrimitive() ? element.getAsJsonPrimitive() : null;
        if (type == String.class && !isString(element))
            throw wrong(path, "must be a text");
        if ((type == boolean.class || type == Boolean.class) && (value == null || !value.isBoolean()))
            throw wrong(path, "must be true or false");
        if ((type == double.class || type == Double.class || type == float.class || type == Float.class)
                && (value == null || !value.isNumber()))
            throw wrong(path, "must be a number");
        if (type == int.class || type == Integer.class)
            whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, path);
        if (type == short.class || type == Short.class)
            whole(value, Short.MIN_VALUE, Short.MAX_VALUE, path);
        if (type == byte.class || type == Byte.class)
            whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE, path);
        if (type == long.class || type == Long.class)
            whole(value, Long.MIN_VALUE, Long.MAX_VALUE, path);
    }

    private static void whole(JsonPrimitive value, long least, long most, String path) throws JsonException {
        if (value != null && value.isNumber()) {
            try {
                long number = Long.parseLong(value.getAsString());
                if (number >= least && number <= most)
                    return;
            } catch (NumberFormatException e) {
                // told below
            }
        }
        throw wrong(path, "must be a whole number between " + least + " and " + most);
    }

    private static boolean isString(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
    }

    private static JsonException wrong(String path, String what) {
        return new JsonException("is not as expected: " + (path.isEmpty() ? "it" : "\"" + path + "\"") + " " + what);
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> c)
            return c;
        if (type instanceof ParameterizedType p)
            return (Class<?>) p.getRawType();
        if (type instanceof GenericArrayType)
            return Object[].class;
        return Object.class;
    }

    private static Type itemType(Type type, Class<?> raw) {
        if (type instanceof GenericArrayType g)
            return g.getGenericComponentType();
        return raw.isArray() ? raw.getComponentType() : argument(type, 0);
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType p && p.getActualTypeArguments().length > index
                ? p.getActualTypeArguments()[index] : Object.class;
    }
}
