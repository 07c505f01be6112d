package dev.kfmr.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.rest.RestAnswer;
import dev.kfmr.rest.RestClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The Model Registry's REST API v1alpha3. Lives with unknown fields, and with fields that are not there. Every method
 * throws {@link KfmrException}, exit 4 {@code rest.refused} or exit 3 {@code rest.unanswered}.
 */
public final class RegistryClient {
    private static final int PAGE_SIZE = 100;

    private final RestClient rest;

    /** @param rest its base is the API's, version included */
    public RegistryClient(RestClient rest) {
        this.rest = rest;
    }

    /** All, archived ones too, in the order in which they were registered. */
    public List<RegisteredModel> models() {
        return all("registered_models", RegisteredModel::of);
    }

    public Optional<RegisteredModel> model(String name) {
        RestAnswer answer = rest.get("registered_model", Map.of("name", name));
        return answer.isNotFound() ? Optional.empty() : Optional.of(RegisteredModel.of(answer.successWith("id")));
    }

    /** In the order in which they were registered: the newest is the last. */
    public List<ModelVersion> versions(RegisteredModel model) {
        return all("registered_models/" + model.id() + "/versions", ModelVersion::of);
    }

    public List<ModelArtifact> artifacts(ModelVersion version) {
        return all("model_versions/" + version.id() + "/artifacts", ModelArtifact::of);
    }

    /** The registry deletes nothing; what is archived is out of sight of its UI. */
    public void archive(RegisteredModel model) {
        setState(model, "ARCHIVED");
    }

    /** The opposite of {@link #archive}: registering a version of an archived model leaves it archived. */
    public void restore(RegisteredModel model) {
        setState(model, "LIVE");
    }

    private void setState(RegisteredModel model, String state) {
        rest.patch("registered_models/" + model.id(), "{\"state\":\"" + state + "\"}")
                .success();
    }

    private <T> List<T> all(String path, Function<JsonNode, T> reading) {
        List<T> all = new ArrayList<>();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("pageSize", String.valueOf(PAGE_SIZE));
        query.put("orderBy", "ID");
        query.put("sortOrder", "ASC");
        while (true) {
            JsonNode page = rest.get(path, query).success();
            page.path("items").forEach(item -> all.add(reading.apply(item)));
            String next = page.path("nextPageToken").asText("");
            if (next.isEmpty() || page.path("items").isEmpty()) {
                return all;
            }
            query.put("nextPageToken", next);
        }
    }
}
