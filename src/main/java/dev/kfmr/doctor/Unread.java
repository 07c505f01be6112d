package dev.kfmr.doctor;

/**
 * Something that could not be looked at.
 *
 * @param what it was: {@code the nodes}
 * @param why one line
 */
public record Unread(String what, String why) {}
