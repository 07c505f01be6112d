package dev.kfmr.fetch;

/**
 * One thing that was checked about a pin.
 *
 * @param ok whether upstream has what is pinned
 * @param source name of the source
 * @param text what was found
 * @param pinnedAt file and line of the pin
 */
public record PinFinding(boolean ok, String source, String text, String pinnedAt) {}
