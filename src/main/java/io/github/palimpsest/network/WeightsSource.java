package io.github.palimpsest.network;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

import io.github.palimpsest.task.Progress;
import io.github.palimpsest.task.UserException;
import io.github.palimpsest.tensor.Tensor;

/**
 * Where a backbone's first weights come from: the setting {@code weights=}.
 *
 * @param backbone whose weights
 * @param setting {@code none}: fresh weights; {@code download}: those that Keras Applications publishes, trained on ImageNet,
 *            fetched once; otherwise a Keras weight file
 */
public record WeightsSource(Backbone backbone, String setting) {

    /** Training starts from fresh weights. */
    public static final String NONE = "none";
    /** The published weights are fetched once and kept in the user's cache folder. */
    public static final String DOWNLOAD = "download";

    /**
     * A source that can be used, as far as can be told before any work.
     *
     * @throws UserException if there is nothing to download for this backbone, or the file is none
     */
    public WeightsSource {
        setting = setting.strip();
        if (setting.isEmpty())
            throw new UserException("The setting weights= is empty: give it a Keras weight file (.h5), download or none.");
        if (setting.equals(DOWNLOAD) && backbone.published().isEmpty())
            throw new UserException("There are no weights to download for the network " + backbone.terminalName()
                + ": it is trained from scratch. Use weights=none, or another network.");
        if (!setting.equals(NONE) && !setting.equals(DOWNLOAD))
            Hdf5Envelope.check(file(setting));
    }

    /** Whether the weights come from elsewhere, so that a frozen trunk makes sense. */
    public boolean isPretrained() {
        return !setting.equals(NONE);
    }

    /**
     * Loads the weights, after fetching them if need be.
     *
     * @return every weight of the trunk by name; nothing for {@code none}
     * @throws UserException if they cannot be fetched or read or are not of this backbone, saying what to do
     */
    public Map<String, Tensor> load(Progress progress) {
        return load(progress, WeightsDownload.fromKeras());
    }

    Map<String, Tensor> load(Progress progress, WeightsDownload download) {
        if (!isPretrained())
            return Map.of();
        Path file = setting.equals(DOWNLOAD) ? download.fetch(backbone.published().orElseThrow(), progress) : file(setting);
        // The weights are the same at every stride.
        return KerasWeights.read(file, backbone.trunk(backbone.defaultOutputStride()).spec());
    }

    private static Path file(String setting) {
        try {
            return Path.of(setting);
        } catch (InvalidPathException e) {
            throw new UserException("weights=" + setting + " is not a path: give a Keras weight file (.h5), download or none.", e);
        }
    }
}
