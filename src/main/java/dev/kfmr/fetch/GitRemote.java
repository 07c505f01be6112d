package dev.kfmr.fetch;

import dev.kfmr.core.Deadline;
import dev.kfmr.tools.Proxies;
import dev.kfmr.tools.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/**
 * One address of a git repository. Objects are asked for by id, without a look at the server's references: those of a
 * large repository are more than what we fetch.
 */
final class GitRemote {
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(300), Duration.ofSeconds(1));
    private static final String TAGS = "refs/tags/";
    /** Asks the server to tell of a reference that nobody has, and so of none. */
    private static final RefSpec NO_REFERENCE = new RefSpec("refs/heads/kfmr-none:refs/kfmr/none");

    /** How much of the wanted objects' closure is sent. */
    enum Extent {
        /** Commits and trees, no files; of the wanted commit alone, not of its history. */
        NEWEST_TREES,
        /** Trees below the wanted trees, no files. */
        TREES,
        /** Everything of the wanted commit, not of its history. */
        NEWEST,
        /** Exactly what was wanted, with everything below it. */
        OBJECTS
    }

    private final URI address;
    private final CountedConnections connections;
    private final Deadline deadline;

    GitRemote(URI address, Proxies proxies, Trust trust, Deadline deadline) {
        PlainSystem.install();
        this.address = address;
        this.connections = new CountedConnections(proxies, trust);
        this.deadline = deadline;
    }

    /** Bytes received over HTTP so far. */
    long received() {
        return connections.received();
    }

    /** Puts the wanted objects into the repository. */
    void fetch(Repository into, Collection<ObjectId> wanted, Extent extent) throws GitFailure {
        List<Ref> wants = wanted.stream().map(GitRemote::want).toList();
        withRetries(into, transport -> {
            if (extent == Extent.NEWEST_TREES || extent == Extent.TREES) {
                transport.setFilterSpec(FilterSpec.fromFilterLine("blob:none"));
            }
            if (extent == Extent.NEWEST_TREES || extent == Extent.NEWEST) {
                transport.setDepth(1);
            }
            try (FetchConnection connection = transport.openFetch(List.of(NO_REFERENCE))) {
                connection.fetch(NullProgressMonitor.INSTANCE, wants, Set.of());
            }
            return true;
        });
    }

    /** The commit that a tag leads to, when the server tells of the tag. */
    Optional<ObjectId> tag(Repository scratch, String name) throws GitFailure {
        String reference = TAGS + name;
        return withRetries(scratch, transport -> {
            try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(reference + ":refs/kfmr/tag")))) {
                Ref tag = connection.getRef(reference);
                if (tag == null) {
                    return Optional.empty();
                }
                ObjectId peeled = tag.getPeeledObjectId();
                return Optional.ofNullable(peeled == null ? tag.getObjectId() : peeled);
            }
        });
    }

    /** Every tag, and the commit that it leads to. */
    Map<String, ObjectId> tags(Repository scratch) throws GitFailure {
        return withRetries(scratch, transport -> {
            Map<String, ObjectId> tags = new TreeMap<>();
            try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(TAGS + "*:refs/kfmr/*")))) {
                for (Ref ref : connection.getRefs()) {
                    if (ref.getName().startsWith(TAGS)) {
                        ObjectId peeled = ref.getPeeledObjectId();
                        tags.put(ref.getName().substring(TAGS.length()), peeled == null ? ref.getObjectId() : peeled);
                    }
                }
            }
            return tags;
        });
    }

    private static Ref want(ObjectId id) {
        return new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id);
    }

    private interface Conversation<T> {
        T hold(Transport transport) throws IOException;
    }

    private <T> T withRetries(Repository repository, Conversation<T> conversation) throws GitFailure {
        for (int tries = 0; ; tries++) {
            try {
                return once(repository, conversation);
            } catch (GitFailure e) {
                if (e.kind() != GitFailure.Kind.BROKEN || tries == PAUSES.size() || deadline.passed()) {
                    throw e;
                }
                deadline.sleep(PAUSES.get(tries), "fetching " + address);
            }
        }
    }

    private <T> T once(Repository repository, Conversation<T> conversation) throws GitFailure {
        try (Transport transport = Transport.open(repository, new URIish(address.toString()))) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setTimeout(
                    (int) Math.max(1, deadline.within(SILENCE_LIMIT).left().toSeconds()));
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(connections);
            }
            return conversation.hold(transport);
        } catch (IOException | URISyntaxException e) {
            throw GitFailure.of(e);
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
