package dev.kfmr.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/**
 * Pipelines and Model Registry on one port of this machine, keeping the contract that was recorded from the real ones:
 * slow states, unknown fields, stack traces for reasons. It may go away and come back meanwhile, with what it kept. A run
 * that succeeds registers a model, as the component of the example does.
 */
public final class KubeflowContract implements AutoCloseable {
    private static final String PIPELINES = "/apis/v2beta1/";
    private static final String REGISTRY = "/api/model_registry/v1alpha3/";

    private final RegistryContract registry = new RegistryContract();
    private final PipelinesContract pipelines = new PipelinesContract(this::component);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final int port;
    private MockWebServer server;
    private String goesAwayAfter = "";
    private String loses = "";

    public KubeflowContract() throws IOException {
        port = freePort();
        server = listening();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** With a port by number: only then may it be bound again at once, by what comes after a restart. */
    private MockWebServer listening() throws IOException {
        MockWebServer listening = new MockWebServer();
        listening.setDispatcher(dispatcher());
        listening.start(port);
        return listening;
    }

    public URI pipelinesApi() {
        return URI.create("http://localhost:" + port + "/apis/v2beta1");
    }

    public URI registryApi() {
        return URI.create("http://localhost:" + port + "/api/model_registry/v1alpha3");
    }

    /** Method and path of each request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The header of each request so far that had one. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    public List<JsonNode> runs() {
        return pipelines.runs();
    }

    public int pipelines() {
        return pipelines.pipelines();
    }

    public void register(String model, String version, String uri, Map<String, String> source) {
        registry.register(model, version, uri, source);
    }

    public void failRuns() {
        pipelines.failRuns();
    }

    public void stickRuns() {
        pipelines.stickRuns();
    }

    public void refuseToEndRuns() {
        pipelines.refuseToEndRuns();
    }

    /** The first request of this method and path is answered, and then nothing listens for a while. */
    public void restartAfter(String request) {
        goesAwayAfter = request;
    }

    /** The first request of this method and path is carried out, and its answer lost. */
    public void loseAnswerTo(String request) {
        loses = request;
    }

    private Dispatcher dispatcher() {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        };
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        String call = request.getMethod() + " " + path.replaceFirst("^(" + PIPELINES + "|" + REGISTRY + ")", "");
        requests.add(call);
        String authorization = request.getHeaders().get("Authorization");
        if (authorization != null) {
            authorizations.add(authorization);
        }
        MockResponse answer = path.startsWith(PIPELINES)
                ? pipelines.answer(path.substring(PIPELINES.length()), request)
                : registry.answer(path.substring(Math.min(path.length(), REGISTRY.length())), request);
        if (matches(call, goesAwayAfter)) {
            goesAwayAfter = "";
            timer.schedule(this::restart, 50, TimeUnit.MILLISECONDS);
        }
        if (matches(call, loses)) {
            loses = "";
            return answer.newBuilder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build();
        }
        return answer;
    }

    private static boolean matches(String call, String wanted) {
        return !wanted.isEmpty() && call.startsWith(wanted);
    }

    private void restart() {
        server.close();
        timer.schedule(this::listenAgain, Duration.ofMillis(700).toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void listenAgain() {
        try {
            server = listening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the example's component does in its pod. */
    private void component(JsonNode run) {
        JsonNode parameters = run.path("runtime_config").path("parameters");
        String id = run.path("run_id").asText();
        registry.register(
                parameters.path("model_name").asText(),
                "v-" + id.substring(0, 8),
                parameters.path("model_uri").asText("s3://models/example"),
                Map.of(
                        "modelSourceKind", "kfp",
                        "modelSourceClass", "pipelinerun",
                        "modelSourceGroup", "kubeflow",
                        "modelSourceId", id,
                        "modelSourceName", run.path("display_name").asText()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.close();
    }
}
