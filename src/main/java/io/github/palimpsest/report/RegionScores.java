package io.github.palimpsest.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.github.palimpsest.task.UserException;

/**
 * What {@code evaluate-regions} left in {@code scores.json}, read leniently: the file may hold other scores too, and those
 * that it lacks are shown as missing.
 */
record RegionScores(List<JsonObject> rounds) {

    static RegionScores read(Path file) {
        List<JsonObject> rounds = new ArrayList<>();
        try {
            JsonObject all = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            if (all.has("rounds"))
                for (JsonElement round : all.getAsJsonArray("rounds"))
                    rounds.add(round.getAsJsonObject());
        } catch (IOException | JsonParseException | IllegalStateException | ClassCastException e) {
            throw new UserException(file + " cannot be read as scores: " + e.getMessage(), e);
        }
        return new RegionScores(rounds);
    }

    /** A score of a round, or null. */
    static Double value(JsonObject round, String score) {
        JsonElement value = round.get(score);
        boolean isNumber = value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
        return isNumber ? value.getAsDouble() : null;
    }

    /** A score over the rounds. */
    List<double[]> curve(String score) {
        List<double[]> points = new ArrayList<>();
        for (JsonObject round : rounds) {
            Double x = value(round, "round");
            Double y = value(round, score);
            if (x != null)
                points.add(new double[] {x, y == null ? Double.NaN : y});
        }
        return points;
    }
}
