package dev.kfmr.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standalone mode with one more deployment, out of a directory beside the profile, that asks for much. */
final class GreedyProfile {
    private GreedyProfile() {}

    /** @return the profile's file */
    static String asking(String request, Path home) throws IOException {
        Path deploy = Files.createDirectories(home.resolve("deploy"));
        Files.writeString(deploy.resolve("kustomization.yaml"), "resources: [greedy.yaml]");
        Files.writeString(
                deploy.resolve("greedy.yaml"),
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: greedy, namespace: kubeflow}
                spec:
                  selector: {matchLabels: {app: greedy}}
                  template:
                    metadata: {labels: {app: greedy}}
                    spec:
                      containers:
                        - name: greedy
                          image: example.invalid/greedy:1
                          resources: {requests: {%s}}
                """
                        .formatted(request));
        return Files.writeString(
                        home.resolve("greedy.yaml"),
                        """
                        extends: standalone
                        name: greedy
                        title: Standalone with what asks for much
                        components:
                          greedy: {title: Greedy, directory: deploy, path: ., after: [pipelines-crds]}
                        """)
                .toString();
    }
}
