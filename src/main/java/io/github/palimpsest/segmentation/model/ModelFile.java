package io.github.palimpsest.segmentation.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.github.palimpsest.store.AtomicFile;
import io.github.palimpsest.store.Json;
import io.github.palimpsest.store.Safetensors;
import io.github.palimpsest.store.SafetensorsHeader;
import io.github.palimpsest.store.UndatedEntry;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/** The file of a {@link SegmentationModel}: how it is written, and how one of unknown origin is opened. */
final class ModelFile {

    private static final String DESCRIPTION = "model.json";
    private static final String WEIGHTS = "weights.safetensors";

    private static final long LARGEST_DESCRIPTION = 1 << 20;
    /** A header takes some hundred bytes for each weight. */
    private static final long LARGEST_HEADER = 1 << 20;

    private final Path file;
    private final ZipFile zip;

    private ModelFile(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    static UserException bad(String source, String predicate) {
        return new UserException(source + " " + predicate
                + ": it is damaged or no model of Palimpsest. Copy it again from where it "
                + "was trained, or choose another model.");
    }

    /** What must be known before anything else of a description can be understood. */
    private record Version(int format) {}

    // ---- writing

    static void write(Path file, SegmentationModel model) {
        requireFit(model);
        byte[] description = Json.text(model.description()).getBytes(StandardCharsets.UTF_8);
        Safetensors weights = new Safetensors(model.weights(), Map.of());
        AtomicFile.write(file, out -> {
            ZipOutputStream archive = new ZipOutputStream(out);
            store(archive, DESCRIPTION, to -> to.write(description));
            store(archive, WEIGHTS, weights::writeTo);
            archive.finish();
        });
    }

    private static void requireFit(SegmentationModel model) {
        Map<String, int[]> shapes = model.description().network().whole().weights();
        if (!shapes.keySet().equals(model.weights().keySet()))
            throw new IllegalArgumentException("the weights are not those of the network");
        shapes.forEach((name, shape) -> {
            if (!model.weights().get(name).hasShape(shape))
                throw new IllegalArgumentException("not the shape of " + name + ": " + model.weights().get(name));
        });
    }

    // Weights hardly become smaller by compression, and what is merely stored is the same whatever library compresses.
    private static void store(ZipOutputStream archive, String name, AtomicFile.Content content) throws IOException {
        ZipEntry entry = UndatedEntry.of(name);
        entry.setMethod(ZipEntry.STORED);
        CRC32 sum = new CRC32();
        long[] size = new long[1];
        OutputStream nowhere = new OutputStream() {
            @Override
            public void write(int value) {
                size[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                size[0] += length;
            }
        };
        try (OutputStream counting = new CheckedOutputStream(nowhere, sum)) {
            content.writeTo(counting);
        }
        entry.setSize(size[0]);
        entry.setCompressedSize(size[0]);
        entry.setCrc(sum.getValue());
        archive.putNextEntry(entry);
        content.writeTo(archive);
        archive.closeEntry();
    }

    // ---- opening

    /** What a file's weights are of; the weights themselves are not read. */
    static ModelDescription describe(Path file) {
        return read(file, opened -> opened.description(opened.entries().get(DESCRIPTION)));
    }

    static SegmentationModel open(Path file) {
        return read(file, ModelFile::read);
    }

    private interface Reading<R> {
        R of(ModelFile opened) throws IOException;
    }

    private static <R> R read(Path file, Reading<R> reading) {
        if (!Files.exists(file))
            throw new UserException("There is no model " + file + ": check its name.");
        if (!Files.isRegularFile(file))
            throw new UserException(file + " is a folder, not a model: choose the file model.palimpsest in it.");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return reading.of(new ModelFile(file, zip));
        } catch (UserException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) { // the latter for names that are no Unicode
            if (!Files.isReadable(file))
                throw new UserException("The model " + file + " cannot be read: check its permissions.", e);
            throw bad(file.toString(), "is cut short or no zip file");
        }
    }

    private SegmentationModel read() throws IOException {
        Map<String, ZipEntry> entries = entries();
        ModelDescription description = description(entries.get(DESCRIPTION));
        return new SegmentationModel(description, weights(entries.get(WEIGHTS), description));
    }

    private Map<String, ZipEntry> entries() {
        Map<String, ZipEntry> entries = new HashMap<>();
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
            ZipEntry entry = all.nextElement();
            String name = entry.getName();
            if (!List.of(DESCRIPTION, WEIGHTS).contains(name))
                throw bad(file.toString(), "holds " + shortened(name) + ", which is no part of a model");
            if (entries.put(name, entry) != null)
                throw bad(file.toString(), "holds " + name + " twice");
        }
        for (String name : List.of(DESCRIPTION, WEIGHTS))
            if (!entries.containsKey(name))
                throw bad(file.toString(), "holds no " + name);
        return entries;
    }

    private static String shortened(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return '"' + (plain.length() > 60 ? plain.substring(0, 60) + "…" : plain) + '"';
    }

    private ModelDescription description(ZipEntry entry) throws IOException {
        if (entry.getSize() < 0 || entry.getSize() > LARGEST_DESCRIPTION)
            throw bad(file.toString(), "holds a model.json of " + entry.getSize() + " bytes, more than any model has");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Entry in = new Entry(entry)) {
            bytes.write(in.readNBytes((int) entry.getSize()));
            in.requireEnd();
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            throw bad(file.toString(), "holds a model.json that is not in UTF-8");
        }
        String source = "model.json in " + file;
        Version version = Json.parse(text, source, Version.class);
        if (version.format() > ModelDescription.FORMAT)
            throw new UserException("The model " + file
                    + " was written by a newer version of Palimpsest (its format is "
                    + version.format() + ") than this one, which knows formats up to " + ModelDescription.FORMAT
                    + ". Install the newest Palimpsest to use it.");
        if (version.format() < 1)
            throw bad(file.toString(), "says that it is of format " + version.format() + ", which never was");
        ModelDescription description = Json.parse(text, source, ModelDescription.class);
        DescriptionCheck.require(file.toString(), description);
        return description;
    }

    private Map<String, Tensor> weights(ZipEntry entry, ModelDescription description) throws IOException {
        Map<String, int[]> shapes = description.network().whole().weights();
        long bytes = shapes.values().stream().mapToLong(ModelFile::bytes).sum();
        if (entry.getSize() > bytes + LARGEST_HEADER || entry.getSize() < bytes)
            throw bad(file.toString(), "holds " + entry.getSize() + " bytes of weights, where its network has "
                    + bytes);
        String source = "weights.safetensors in " + file;
        try (Entry in = new Entry(entry)) {
            requireShapes(Safetensors.readHeader(in, entry.getSize(), source), shapes);
        }
        try (Entry in = new Entry(entry)) {
            Map<String, Tensor> weights = Safetensors.readFrom(in, entry.getSize(), source).tensors();
            in.requireEnd();
            weights.forEach(this::requireNumbers);
            return weights;
        }
    }

    private static long bytes(int[] shape) {
        long bytes = Float.BYTES;
        for (int size : shape)
            bytes *= size;
        return bytes;
    }

    private void requireShapes(SafetensorsHeader header, Map<String, int[]> shapes) {
        shapes.forEach((name, shape) -> {
            SafetensorsHeader.Entry there = header.tensors().get(name);
            if (there == null)
                throw bad(file.toString(), "lacks the weights " + name);
            List<Integer> expected = Arrays.stream(shape).boxed().toList();
            if (!there.type().equals("F32") || !there.shape().equals(expected))
                throw bad(file.toString(), "has weights " + name + " of shape " + there.shape() + " and type "
                        + there.type() + ", where its network has " + expected + " and F32");
        });
        for (String name : header.tensors().keySet())
            if (!shapes.containsKey(name))
                throw bad(file.toString(), "has weights " + shortened(name) + " that its network does not have");
    }

    private void requireNumbers(String name, Tensor tensor) {
        for (float value : tensor.data())
            if (!Float.isFinite(value))
                throw bad(file.toString(), "has weights " + name + " that are not all numbers");
    }

    /** The content of an entry, which must be as long as the archive says and have its checksum. */
    private final class Entry extends CheckedInputStream {

        private final ZipEntry entry;

        Entry(ZipEntry entry) throws IOException {
            super(opened(entry), new CRC32());
            this.entry = entry;
        }

        /** Called when as much was read as the archive says that there is. */
        void requireEnd() throws IOException {
            if (read() >= 0)
                throw bad(file.toString(), "holds more of " + entry.getName() + " than it says");
            if (getChecksum().getValue() != entry.getCrc())
                throw bad(file.toString(), "holds a " + entry.getName() + " whose checksum is not what it says");
        }
    }

    private InputStream opened(ZipEntry entry) throws IOException {
        InputStream in = zip.getInputStream(entry);
        if (in == null)
            throw bad(file.toString(), "holds no " + entry.getName());
        return in;
    }
}
