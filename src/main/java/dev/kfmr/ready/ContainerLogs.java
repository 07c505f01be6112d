package dev.kfmr.ready;

import dev.kfmr.core.LineStream;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.PrettyLoggable;
import io.fabric8.kubernetes.client.dsl.TailPrettyLoggable;
import io.fabric8.kubernetes.client.dsl.TimeTailPrettyLoggable;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads logs of containers, of any run that the node still has.
 *
 * @param lines at most so many, the last ones
 * @param since only what was said in the last so long; zero for all
 */
public record ContainerLogs(KubernetesClient client, int lines, Duration since) {
    /** Empty when the node does not have it any more, or does not answer. */
    public Optional<String> read(LogSource source) {
        try {
            return readOrRefuse(source);
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }

    /**
     * Empty when there is none, or none any more.
     *
     * @throws KubernetesClientException when the API server or the kubelet does not give it
     */
    public Optional<String> readOrRefuse(LogSource source) {
        try {
            return Optional.ofNullable(loggable(source).getLog());
        } catch (KubernetesClientException e) {
            // The pod is gone; the container has not started, or its run before is swept away.
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Each line as it comes, from another thread, until it is closed or the container ends. */
    public AutoCloseable follow(LogSource source, Consumer<String> onLine) {
        LogWatch watch = loggable(source).watchLog(new LineStream(onLine));
        return watch::close;
    }

    private PrettyLoggable loggable(LogSource source) {
        ContainerResource container = client.pods()
                .inNamespace(source.namespace())
                .withName(source.pod())
                .inContainer(source.container());
        TimeTailPrettyLoggable run = source.isPrevious() ? container.terminated() : container;
        TailPrettyLoggable recent = since.isZero() ? run : run.sinceSeconds((int) since.toSeconds());
        return recent.tailingLines(lines);
    }
}
