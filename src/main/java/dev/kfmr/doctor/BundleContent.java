package dev.kfmr.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What goes into a support bundle.
 *
 * @param files the most telling first: what exceeds the bundle's size is left out from the end
 * @param secrets values that must not be in it
 * @param missing what could not be collected
 */
public record BundleContent(List<BundleFile> files, Set<String> secrets, List<Unread> missing) {
    public BundleContent {
        files = List.copyOf(files);
        secrets = Set.copyOf(secrets);
        missing = List.copyOf(missing);
    }

    /** With these files before its own, and these secrets as well. */
    public BundleContent with(List<BundleFile> first, Collection<String> moreSecrets) {
        List<BundleFile> all = new ArrayList<>(first);
        all.addAll(files);
        Set<String> both = new HashSet<>(secrets);
        both.addAll(moreSecrets);
        return new BundleContent(all, both, missing);
    }
}
