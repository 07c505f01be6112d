package dev.kfmr.install;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** Tokens from a real API server's TokenRequest. */
final class ApiTokens implements TokenSource {
    private final KubernetesClient client;

    ApiTokens(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public String request(String namespace, String serviceAccount, Duration life, String secret, String secretUid) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(life.toSeconds())
                .withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Secret")
                .withName(secret)
                .withUid(secretUid)
                .endBoundObjectRef()
                .endSpec()
                .build();
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }
}
