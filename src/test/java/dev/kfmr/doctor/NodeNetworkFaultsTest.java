package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNetworkFaultsTest {
    private static final String SUBNETS = "subnets 10.244.0.0/16 10.96.0.0/16\n";

    private static NodeNetworkFaults node(String facts) {
        return new NodeNetworkFaults("docker", "node", NodeFacts.of(facts));
    }

    private static List<Fault> faults(String facts) {
        return node(facts).all();
    }

    @Test
    void findsNothingWrongWithANodeOfKind() {
        assertThat(faults("addresses 127.0.0.1/8 172.18.0.2/16\nkubelet.address 172.18.0.2\n" + SUBNETS))
                .isEmpty();
    }

    @Test
    void judgesNothingThatTheNodeDoesNotTell() {
        assertThat(faults("")).isEmpty();
        assertThat(faults("kubelet.address 172.18.0.2")).isEmpty();
        assertThat(faults("addresses 172.18.0.2/16")).isEmpty();
    }

    @Test
    void findsAnAddressThatChanged() {
        assertThat(faults("addresses 127.0.0.1/8 172.18.0.4/16\nkubelet.address 172.18.0.2"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().id()).isEqualTo("node.address");
                    assertThat(fault.finding().evidence())
                            .isEqualTo("the kubelet was told 172.18.0.2; the container has 172.18.0.4");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "10.244.0.0/16,10.96.0.0/16,.svc,.svc.cluster,.svc.cluster.local",
                "localhost,10.0.0.0/8,svc,cluster.local"
            })
    void acceptsExceptionsThatCoverTheCluster(String exceptions) {
        assertThat(faults(SUBNETS + "proxy http://proxy:3128\nno-proxy " + exceptions))
                .isEmpty();
    }

    @Test
    void findsWhatTheExceptionsOfAProxyLack() {
        assertThat(faults(SUBNETS + "proxy http://user:secret@proxy:3128\nno-proxy .svc,10.244.0.0/16"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().evidence()).endsWith("missing: .svc.cluster.local,10.96.0.0/16");
                    assertThat(fault.finding().toString()).doesNotContain("secret");
                });
        assertThat(faults("proxy http://proxy:3128")).hasSize(1);
    }

    @Test
    void tellsARegistryThatIsNotFoundFromOneThatIsNotTrusted() {
        assertThat(node("nameservers 10.0.0.53 ")
                        .registries("name quay.io no\ncertificate gcr.io unable to get local issuer certificate\n"))
                .extracting(fault -> fault.finding().id() + ": "
                        + fault.finding().what() + " " + fault.finding().evidence())
                .containsExactly(
                        "node.registry-name: This machine finds quay.io, and the node node does not. name servers of the node:"
                                + " 10.0.0.53",
                        "node.registry-certificate: The node node does not trust what answers as gcr.io."
                                + " openssl in the node: unable to get local issuer certificate");
        assertThat(node("").registries("")).isEmpty();
    }

    @Test
    void asksForRegistriesOfImagesThatHaveANameOfTheirOwn() {
        assertThat(RegistryHosts.of(List.of(
                        "mysql:8.4",
                        "minio/minio:1",
                        "gcr.io/a/b:1",
                        "localhost:5000/x:1",
                        "localhost/x:1",
                        "10.0.0.1/x",
                        "ghcr.io/x/y@sha256:0")))
                .containsExactly("gcr.io", "ghcr.io", "registry-1.docker.io");
    }

    @Test
    void saysNothingOfRegistriesThatThisMachineDoesNotFindEither() {
        assertThat(RegistryHosts.found(List.of("registry.invalid", "localhost")))
                .containsExactly("localhost");
    }
}
