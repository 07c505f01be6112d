package dev.kfmr.forward;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * As much of an API server as a forward meets: lists and watches of pods and services, and the port-forward web socket,
 * which it bridges to real TCP servers of this machine that play the pods.
 */
final class FakeApiServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final Map<String, HasMetadata> objects = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final Map<String, Integer> podPorts = new ConcurrentHashMap<>();
    private final Map<String, String> podErrors = new ConcurrentHashMap<>();
    private final Set<NodeEnd> tunnels = ConcurrentHashMap.newKeySet();
    private final Set<SpdyNode> nodes = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile int streamsRefusedWith;
    private int version = 1;

    private record Event(int version, String kind, String json) {}

    private record Watch(String kind, WebSocket socket) {}

    FakeApiServer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.start();
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl(server.url("/").toString())
                        .withNamespace("kubeflow")
                        .withWatchReconnectInterval(100)
                        .withRequestRetryBackoffInterval(50)
                        .withRequestRetryBackoffLimit(1)
                        .build())
                .build();
    }

    /** As one that lets web sockets through and nothing else. */
    void refuseStreams(int status) {
        streamsRefusedWith = status;
    }

    /** Connections to nodes that were ever opened for streams. */
    int sessions() {
        return sessions.get();
    }

    /** On the connections that they have, nodes answer a stream when its pod has said all. */
    void answerSessionsLate() {
        nodes.forEach(SpdyNode::answerLate);
    }

    /** Nodes no longer answer on the connections that they have, and say nothing of it. */
    void freezeSessions() {
        nodes.forEach(SpdyNode::freeze);
    }

    /** How often a connection for streams was refused. */
    int refusals() {
        return refusals.get();
    }

    /** Those that carry streams break, as when the API server is killed. */
    void cutConnections() {
        nodes.forEach(SpdyNode::close);
    }

    /** Tunnels that are open now. */
    int tunnels() {
        return tunnels.size();
    }

    void put(Service service) {
        change("ADDED", "Service", service);
    }

    /** @param port where a TCP server of this machine plays it */
    void put(Pod pod, int port) {
        podPorts.put(pod.getMetadata().getName(), port);
        change("ADDED", "Pod", pod);
    }

    void delete(Pod pod) {
        podPorts.remove(pod.getMetadata().getName());
        change("DELETED", "Pod", pod);
        tunnels.stream()
                .filter(tunnel -> tunnel.isOf(pod.getMetadata().getName()))
                .forEach(NodeEnd::cut);
    }

    /** Deletes it, and leaves its connections as they are: as when its network went first. */
    void deleteSilently(Pod pod) {
        change("DELETED", "Pod", pod);
    }

    /** Deletes it without telling anybody: as a watch that lags behind. */
    void deleteUnseen(Pod pod) {
        podPorts.remove(pod.getMetadata().getName());
    }

    /** Each tunnel to this pod ends with this text on its error channel. */
    void failTunnels(Pod pod, String text) {
        podErrors.put(pod.getMetadata().getName(), text);
    }

    private synchronized void change(String type, String kind, HasMetadata object) {
        version++;
        object.getMetadata().setResourceVersion(String.valueOf(version));
        String key = kind + "/" + object.getMetadata().getName();
        String effective = type.equals("ADDED") && objects.containsKey(key) ? "MODIFIED" : type;
        if (type.equals("DELETED")) {
            objects.remove(key);
        } else {
            objects.put(key, object);
        }
        Event event = new Event(version, kind, Serialization.asJson(Map.of("type", effective, "object", object)));
        events.add(event);
        watches.stream().filter(watch -> watch.kind().equals(kind)).forEach(watch -> watch.socket()
                .send(event.json()));
    }

    private MockResponse answer(RecordedRequest request) {
        HttpUrl url = request.getUrl();
        List<String> path = url.pathSegments();
        if (path.get(path.size() - 1).equals("portforward")) {
            String pod = path.get(path.size() - 2);
            return request.getMethod().equals("POST")
                    ? streams(pod)
                    : webSocket(pod, Integer.parseInt(url.queryParameter("ports")));
        }
        String kind = path.get(path.size() - 1).equals("pods") ? "Pod" : "Service";
        return "true".equals(url.queryParameter("watch")) ? watch(kind, url) : list(kind);
    }

    private synchronized MockResponse list(String kind) {
        List<HasMetadata> items = objects.values().stream()
                .filter(object -> object.getKind().equals(kind))
                .toList();
        String json = Serialization.asJson(Map.of(
                "apiVersion",
                "v1",
                "kind",
                kind + "List",
                "metadata",
                Map.of("resourceVersion", String.valueOf(version)),
                "items",
                items));
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(json)
                .build();
    }

    private MockResponse watch(String kind, HttpUrl url) {
        int since = Integer.parseInt(url.queryParameter("resourceVersion"));
        return new MockResponse.Builder()
                .webSocketUpgrade(new WebSocketListener() {
                    @Override
                    public void onOpen(WebSocket socket, Response response) {
                        begin(new Watch(kind, socket), since);
                    }

                    @Override
                    public void onClosing(WebSocket socket, int code, String reason) {
                        socket.close(code, reason);
                    }
                })
                .build();
    }

    private synchronized void begin(Watch watch, int since) {
        events.stream()
                .filter(event -> event.version() > since && event.kind().equals(watch.kind()))
                .forEach(event -> watch.socket().send(event.json()));
        watches.add(watch);
    }

    private MockResponse streams(String pod) {
        Integer local = podPorts.get(pod);
        if (local == null || streamsRefusedWith > 0) {
            refusals.incrementAndGet();
            return new MockResponse.Builder()
                    .code(local == null ? 404 : streamsRefusedWith)
                    .body("refused")
                    .build();
        }
        sessions.incrementAndGet();
        SpdyNode node =
                new SpdyNode(pod, () -> podPorts.getOrDefault(pod, 0), podErrors.getOrDefault(pod, ""), tunnels, nodes);
        return new MockResponse.Builder()
                .code(101)
                .addHeader("Connection", "Upgrade")
                .addHeader("Upgrade", "SPDY/3.1")
                .removeHeader("Content-Length")
                .socketHandler(node)
                .build();
    }

    private MockResponse webSocket(String pod, int port) {
        Integer local = podPorts.get(pod);
        if (local == null) {
            return new MockResponse.Builder().code(404).body("pod not found").build();
        }
        PodBridge bridge = new PodBridge(pod, port, local, podErrors.getOrDefault(pod, ""), tunnels);
        return new MockResponse.Builder()
                .addHeader("Sec-WebSocket-Protocol", WebSocketTunnel.PROTOCOL)
                .webSocketUpgrade(bridge)
                .build();
    }

    @Override
    public void close() {
        tunnels.forEach(NodeEnd::cut);
        cutConnections();
        server.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
