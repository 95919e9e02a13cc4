package io.github.palimpsest.store;

import java.nio.file.Path;

/** Where things are in a run folder. IMAGE is an image's name relative to its folder, with its own extension. */
public record RunFolder(Path root) {

    /** {@code run.json}: a {@link RunRecord}. */
    public Path record() {
        return root.resolve("run.json");
    }

    /** What {@link RunLock} locks; empty. */
    public Path lock() {
        return root.resolve(".lock");
    }

    /** The folder of a round, from 1. */
    public Path round(int round) {
        return root.resolve("rounds").resolve(Integer.toString(round));
    }

    /** The round's trained weights. */
    public Path classifier(int round) {
        return round(round).resolve("classifier.safetensors");
    }

    /** The round's training log: {@code epoch,loss}. */
    public Path log(int round) {
        return round(round).resolve("log.csv");
    }

    /** The round's maps of an image: a {@link MapStack}, one slice per tag of the image, at the network's own resolution. */
    public Path cam(int round, String image) {
        return round(round).resolve("cam").resolve(image + ".tif");
    }

    /** The maximum over the merged rounds' maps, each divided by its own maximum: a {@link MapStack} like {@link #cam}. */
    public Path accumulated(String image) {
        return root.resolve("accumulated").resolve(image + ".tif");
    }

    /** A {@link LabelStack}, one slice per tag of the image, value = the round that mined the pixel, 0 = not mined. */
    public Path regions(String image) {
        return root.resolve("regions").resolve(image + ".tif");
    }

    /** A {@link LabelStack} of one slice, value = the round that erased the pixel, 0 = not erased; untagged images too. */
    public Path erased(String image) {
        return root.resolve("erased").resolve(image + ".tif");
    }

    /** {@code segmentation.json}: what {@code train-psl} was told, has chosen and has done. */
    public Path segmentationRecord() {
        return root.resolve("segmentation.json");
    }

    /** The background cue of an image, 0..1: a {@link MapStack} of one slice. */
    public Path background(String image) {
        return root.resolve("background").resolve(image + ".tif");
    }

    /** The first training mask of an image: a {@link LabelImage}, 0 background, 1.. tags, 255 unlabelled. */
    public Path mask(String image) {
        return root.resolve("masks").resolve(image + ".png");
    }

    /** The folder of a pass of the segmentation's training, from 0; those from 1 are PSL++. */
    public Path pass(int pass) {
        return root.resolve("passes").resolve(Integer.toString(pass));
    }

    /** The weights of a pass: after each epoch where it stands, at its end the result. */
    public Path passCheckpoint(int pass) {
        return pass(pass).resolve("checkpoint.safetensors");
    }

    /** The log of a pass, one line per epoch. */
    public Path passLog(int pass) {
        return pass(pass).resolve("log.csv");
    }

    /** What a pass says of a training image, refined, the mask of the next pass: a {@link LabelImage} like {@link #mask}. */
    public Path prediction(int pass, String image) {
        return pass(pass).resolve("predictions").resolve(image + ".png");
    }

    /** The result of all passes. */
    public Path model() {
        return root.resolve("segmentation").resolve("model.palimpsest");
    }

    /** What {@code evaluate-regions} and {@code evaluate} find. */
    public Path scores() {
        return root.resolve("scores.json");
    }

    /** The scores of every round as a table. */
    public Path scoresTable() {
        return root.resolve("scores.csv");
    }

    /** The report to look at. */
    public Path report() {
        return root.resolve("report.html");
    }

    /** The figure of one image, round by round. */
    public Path figure() {
        return root.resolve("rounds.png");
    }
}
