package dev.kfmr.cluster;

import dev.kfmr.core.KfmrException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kubeconfig that the user's kubectl reads: the files of {@code KUBECONFIG}, else {@code ~/.kube/config}. Entries
 * that are not kfmr's stay as they are; comments are lost.
 */
public final class UserKubeconfig {
    private final List<Path> files;

    public UserKubeconfig(Map<String, String> environment, Path home) {
        List<Path> named = Stream.of(
                        environment.getOrDefault("KUBECONFIG", "").split(Pattern.quote(File.pathSeparator)))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .toList();
        files = named.isEmpty() ? List.of(home.resolve(".kube/config")) : List.copyOf(named);
    }

    /** Of this process. */
    public static UserKubeconfig ofUser() {
        return new UserKubeconfig(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** The context under which kind's own naming puts a cluster. */
    public static String contextOf(String cluster) {
        return "kind-" + cluster;
    }

    /** Where {@link #add} writes, as kubectl does: the first file that exists, else the last. */
    public Path target() {
        return files.stream().filter(Files::isRegularFile).findFirst().orElse(files.get(files.size() - 1));
    }

    /** In the order in which kubectl reads them; any may be missing. */
    public List<Path> files() {
        return files;
    }

    /** Whether any file has an entry of the cluster's name. @throws KfmrException exit 3, {@code kubeconfig.broken} */
    public boolean has(String cluster) {
        return files.stream()
                .filter(Files::isRegularFile)
                .anyMatch(file -> new KubeconfigFile(file).read().names(contextOf(cluster)));
    }

    /**
     * Adds a cluster's credentials, or renews them. The current context stays unless {@code switchTo}.
     *
     * @param ofCluster kubeconfig that has this cluster alone
     * @throws KfmrException exit 3, {@code kubeconfig.broken}, {@code kubeconfig.locked},
     *     {@code disk.unwritable}: nothing was changed, and the installation works without
     */
    public void add(Path ofCluster, String cluster, boolean switchTo) {
        Kubeconfig ours = new KubeconfigFile(ofCluster).read();
        new KubeconfigFile(target()).change(theirs -> {
            Kubeconfig merged = theirs.with(ours);
            return switchTo ? merged.withCurrentContext(contextOf(cluster)) : merged;
        });
    }

    /** Removes a cluster's entries from every file that has them; a file without is not touched. */
    public void remove(String cluster) {
        String name = contextOf(cluster);
        files.stream()
                .filter(Files::isRegularFile)
                .map(KubeconfigFile::new)
                .filter(file -> file.read().names(name))
                .forEach(file -> file.change(content -> content.without(name)));
    }
}
