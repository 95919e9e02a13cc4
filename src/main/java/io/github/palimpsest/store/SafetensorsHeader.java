package io.github.palimpsest.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.palimpsest.store.JsonTree.JsonException;

/**
 * What a safetensors file says of its tensors before their data begin.
 *
 * @param tensors by name, in the order of their data
 * @param metadata free texts by name
 */
public record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {

    public SafetensorsHeader {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * One tensor.
     *
     * @param type of its elements, as the format writes it, such as {@code F32}
     * @param shape empty for a single number
     * @param begin of its bytes, counted from the end of the header
     * @param end of its bytes
     */
    public record Entry(String type, List<Integer> shape, long begin, long end) {

        /** The number of elements. */
        int elements() {
            return shape.stream().reduce(1, (a, b) -> a * b);
        }
    }

    /** The header is longer than the format allows. */
    static final long LONGEST = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final Map<String, Integer> BYTES = Map.of("F32", 4, "F64", 8, "I32", 4, "U8", 1);

    /** Bytes of one element. */
    static int bytes(String type) {
        return BYTES.get(type);
    }

    /**
     * Reads a header and checks that its tensors fill the data exactly, one after the other.
     *
     * @param dataLength bytes after the header
     * @throws JsonException saying what is wrong with the file
     */
    static SafetensorsHeader parse(byte[] json, long dataLength) throws JsonException {
        JsonElement tree = JsonTree.parse(decoded(json));
        if (!tree.isJsonObject())
            throw new JsonException("does not list its tensors");
        Map<String, Entry> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> named : tree.getAsJsonObject().entrySet()) {
            if (named.getKey().equals(METADATA))
                metadata.putAll(metadata(named.getValue()));
            else
                tensors.put(named.getKey(), entry(JsonTree.shortened(named.getKey()), named.getValue()));
        }
        return new SafetensorsHeader(inOrder(tensors, dataLength), metadata);
    }

    private static String decoded(byte[] json) throws JsonException {
        if (json.length == 0 || json[0] != '{')
            throw new JsonException("does not begin with a list of tensors");
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("lists its tensors in something other than UTF-8");
        }
    }

    private static Map<String, String> metadata(JsonElement element) throws JsonException {
        if (!element.isJsonObject())
            throw new JsonException("has metadata that are not texts by name");
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> text : element.getAsJsonObject().entrySet()) {
            if (!text.getValue().isJsonPrimitive() || !text.getValue().getAsJsonPrimitive().isString())
                throw new JsonException("has metadata \"" + JsonTree.shortened(text.getKey()) + "\" that are no text");
            metadata.put(text.getKey(), text.getValue().getAsString());
        }
        return metadata;
    }

    private static Entry entry(String name, JsonElement element) throws JsonException {
        String tensor = "tensor \"" + name + "\"";
        if (!element.isJsonObject())
            throw new JsonException("does not describe its " + tensor);
        JsonObject object = element.getAsJsonObject();
        JsonElement dtype = object.get("dtype");
        if (dtype == null || !dtype.isJsonPrimitive() || !dtype.getAsJsonPrimitive().isString())
            throw new JsonException("does not say the type of its " + tensor);
        String type = dtype.getAsString();
        if (!BYTES.containsKey(type))
            throw new JsonException("has a " + tensor + " of type " + JsonTree.shortened(type)
                    + ", not 32-bit floats (F32)");

        List<Integer> shape = new ArrayList<>();
        long elements = 1;
        for (long size : numbers(object.get("shape"), "shape", tensor)) {
            // At most 2^31 each, so that the product of two stays a long.
            if (size > Integer.MAX_VALUE || (elements *= size) > Integer.MAX_VALUE - 8)
                throw new JsonException("has a " + tensor + " too large to be read");
            shape.add((int) size);
        }
        List<Long> offsets = numbers(object.get("data_offsets"), "place", tensor);
        if (offsets.size() != 2)
            throw new JsonException("does not say where its " + tensor + " begins and ends");
        long begin = offsets.get(0);
        long end = offsets.get(1);
        if (end < begin)
            throw new JsonException("has a " + tensor + " that ends before it begins");
        if (end - begin != elements * bytes(type))
            throw new JsonException("has a " + tensor + " of shape " + shape + " in " + (end - begin)
                    + " bytes instead of " + elements * bytes(type));
        return new Entry(type, List.copyOf(shape), begin, end);
    }

    private static List<Long> numbers(JsonElement element, String what, String tensor) throws JsonException {
        if (element == null || !element.isJsonArray())
            throw new JsonException("does not say the " + what + " of its " + tensor);
        JsonArray array = element.getAsJsonArray();
        List<Long> numbers = new ArrayList<>(array.size());
        for (JsonElement item : array) {
            // Text first: a number such as 1e999999999 must not be worked out.
            boolean number = item.isJsonPrimitive() && item.getAsJsonPrimitive().isNumber();
            if (!number || !item.getAsString().matches("\\d{1,18}"))
                throw new JsonException("has a " + tensor + " whose " + what + " is not made of whole numbers from 0");
            numbers.add(Long.parseLong(item.getAsString()));
        }
        return numbers;
    }

    private static Map<String, Entry> inOrder(Map<String, Entry> tensors, long dataLength) throws JsonException {
        List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(tensors.entrySet());
        byPlace.sort(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        Map<String, Entry> ordered = new LinkedHashMap<>();
        long end = 0;
        for (Map.Entry<String, Entry> named : byPlace) {
            Entry entry = named.getValue();
            String tensor = "tensor \"" + JsonTree.shortened(named.getKey()) + "\"";
            if (entry.begin() < end)
                throw new JsonException("has a " + tensor + " that overlaps another");
            if (entry.begin() > end)
                throw new JsonException("has unused bytes before its " + tensor);
            end = entry.end();
            if (end > dataLength)
                throw new JsonException("is cut short: its " + tensor + " ends " + (end - dataLength)
                        + " bytes after the file");
            ordered.put(named.getKey(), entry);
        }
        if (end != dataLength)
            throw new JsonException("has " + (dataLength - end) + " bytes too many at its end");
        return ordered;
    }

    /** The header of 32-bit tensors of these shapes, one after the other in this order. */
    static byte[] write(Map<String, int[]> shapes, Map<String, String> metadata) {
        JsonObject header = new JsonObject();
        if (!metadata.isEmpty()) {
            JsonObject texts = new JsonObject();
            metadata.forEach(texts::addProperty);
            header.add(METADATA, texts);
        }
        long end = 0;
        for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
            if (tensor.getKey().equals(METADATA))
                throw new IllegalArgumentException("a tensor cannot be named " + METADATA);
            JsonArray shape = new JsonArray();
            long bytes = 4;
            for (int size : tensor.getValue()) {
                shape.add(size);
                bytes *= size;
            }
            JsonArray offsets = new JsonArray();
            offsets.add(end);
            offsets.add(end += bytes);
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", "F32");
            entry.add("shape", shape);
            entry.add("data_offsets", offsets);
            header.add(tensor.getKey(), entry);
        }
        // The format's own rule: spaces until the data begin at a multiple of 8.
        StringBuilder text = new StringBuilder(header.toString());
        int length = text.toString().getBytes(StandardCharsets.UTF_8).length;
        text.append(" ".repeat(-length & 7));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
