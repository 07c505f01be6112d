package dev.kfmr.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/** The Model Registry v0.3.8 as it was recorded, with what it keeps. */
final class RegistryContract {
    private final Map<String, ObjectNode> models = new LinkedHashMap<>();
    private final Map<String, ObjectNode> versions = new LinkedHashMap<>();
    private final Map<String, ObjectNode> artifacts = new LinkedHashMap<>();
    private int lastId;

    MockResponse answer(String path, RecordedRequest request) {
        HttpUrl url = request.getUrl();
        String call = request.getMethod() + " " + path;
        if (call.equals("GET registered_models")) {
            return page(models.values().stream().toList(), url);
        }
        if (call.equals("GET registered_model")) {
            return one(url, models.values().stream().toList(), "registered models", "");
        }
        if (call.matches("GET registered_models/\\d+/versions")) {
            String id = path.split("/", -1)[1];
            return page(having(versions, "registeredModelId", id), url);
        }
        if (call.matches("GET model_versions/\\d+/artifacts")) {
            return page(having(artifacts, "versionId", path.split("/", -1)[1]), url);
        }
        if (call.matches("PATCH registered_models/\\d+")) {
            ObjectNode model = models.get(path.split("/", -1)[1]);
            if (model != null) {
                model.setAll((ObjectNode) Answers.body(request));
                return Answers.json(200, model);
            }
        }
        if (call.matches("GET registered_models/[^/]+")) {
            String id = path.split("/", -1)[1];
            return Answers.json(
                    404,
                    "{\"code\":\"Not Found\",\"message\":\"no registered model found for id " + id + ": not found\"}");
        }
        return Answers.of(404, "text/plain", "404 page not found");
    }

    /** What the client library does when a component registers a model: the model once, the version anew. */
    void register(String model, String version, String uri, Map<String, String> source) {
        ObjectNode registered = models.values().stream()
                .filter(known -> known.path("name").asText().equals(model))
                .findFirst()
                .orElseGet(() -> add(models, model).put("owner", "kfmr"));
        ObjectNode made = add(versions, version)
                .put("registeredModelId", registered.path("id").asText())
                .put("author", "kfmr");
        ObjectNode artifact = add(artifacts, model)
                .put("versionId", made.path("id").asText())
                .put("artifactType", "model-artifact")
                .put("modelFormatName", "onnx")
                .put("modelFormatVersion", "1")
                .put("uri", uri)
                .put("state", "UNKNOWN");
        source.forEach(artifact::put);
    }

    private ObjectNode add(Map<String, ObjectNode> to, String name) {
        String id = String.valueOf(++lastId);
        ObjectNode added = Answers.object()
                .put("createTimeSinceEpoch", "1795519131206")
                .put("lastUpdateTimeSinceEpoch", "1795519131206")
                .put("id", id)
                .put("name", name)
                .put("state", "LIVE")
                .put("a_field_of_tomorrow", 1);
        added.putObject("customProperties");
        to.put(id, added);
        return added;
    }

    private static List<ObjectNode> having(Map<String, ObjectNode> all, String key, String value) {
        Predicate<JsonNode> has = node -> node.path(key).asText().equals(value);
        return all.values().stream().filter(has).toList();
    }

    private static MockResponse one(HttpUrl url, List<ObjectNode> all, String what, String more) {
        String name = url.queryParameter("name");
        return all.stream()
                .filter(known -> known.path("name").asText().equals(name))
                .findFirst()
                .map(known -> Answers.json(200, known))
                .orElseGet(() -> Answers.json(
                        404,
                        "{\"code\":\"Not Found\",\"message\":\"no " + what + " found for name=" + name + more
                                + ", externalId=: not found\"}"));
    }

    /** Two a page at most, whatever was asked, so that every client must turn pages. */
    private static MockResponse page(List<ObjectNode> all, HttpUrl url) {
        int from = Optional.ofNullable(url.queryParameter("nextPageToken"))
                .filter(token -> !token.isEmpty())
                .map(Integer::parseInt)
                .orElse(0);
        List<ObjectNode> items = new ArrayList<>(all.subList(from, Math.min(all.size(), from + 2)));
        ObjectNode answer = Answers.object();
        ArrayNode list = answer.putArray("items");
        list.addAll(items);
        boolean isLast = from + items.size() >= all.size();
        return Answers.json(
                200,
                answer.put("nextPageToken", isLast ? "" : String.valueOf(from + 2))
                        .put("pageSize", items.size())
                        .put("size", items.size()));
    }
}
