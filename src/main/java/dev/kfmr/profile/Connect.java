package dev.kfmr.profile;

import java.util.Map;
import java.util.Optional;

/**
 * How pipelines and the Model Registry of an installation find each other, and how kfmr finds both.
 *
 * @param namespace that runs run in, unless another is asked for
 * @param serviceAccount that runs run as
 * @param secret that holds its token, under the key {@code token}
 * @param headers sent with each request of kfmr's own commands: who asks, where there is a login
 * @param isMultiUser whether pipelines, experiments and runs belong to {@code namespace}, which Pipelines' API wants
 *     to be told then
 * @param runPage path of a run's page behind the Pipelines forward, with <code>{run}</code> for its id
 * @param objects YAML of what else a run needs to register models, with <code>{namespace}</code>,
 *     <code>{serviceAccount}</code>, <code>{secret}</code>, <code>{registryService}</code> and
 *     <code>{registryNamespace}</code>
 * @param pipelines empty in a profile without the component
 * @param registry empty in a profile without the component
 */
public record Connect(
        String namespace,
        String serviceAccount,
        String secret,
        Map<String, String> headers,
        boolean isMultiUser,
        String runPage,
        String objects,
        Optional<Endpoint> pipelines,
        Optional<Endpoint> registry) {
    public Connect {
        headers = Map.copyOf(headers);
    }

    /** The objects for runs in one namespace that are to reach a registry. */
    public String objectsFor(String runNamespace, Endpoint target) {
        return objects.replace("{namespace}", runNamespace)
                .replace("{serviceAccount}", serviceAccount)
                .replace("{secret}", secret)
                .replace("{registryService}", target.service())
                .replace("{registryNamespace}", target.namespace());
    }
}
