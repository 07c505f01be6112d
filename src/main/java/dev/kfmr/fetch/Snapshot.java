package dev.kfmr.fetch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a source at its commit.
 *
 * @param files content by path
 * @param absent files of the commit that the server does not have: a mirror that holds a part
 */
record Snapshot(Map<String, byte[]> files, List<String> absent) {
    Snapshot {
        files = new TreeMap<>(files);
        absent = absent.stream().sorted().toList();
    }
}
