package dev.kfmr.profile;

/** What a user needs to sign in somewhere: shown at the end of {@code up}, and how to change it. */
public record Credential(String title, String user, String password, String note) {}
