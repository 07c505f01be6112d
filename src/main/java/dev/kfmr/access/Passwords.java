package dev.kfmr.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.security.SecureRandom;

/** Makes passwords, and hashes them as Dex wants them. */
public final class Passwords {
    /** Without those that look alike. */
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int LENGTH = 16;
    /** Dex refuses a cost below 10, and takes more than a second from 15 on. */
    private static final int COST = 12;
    /** Bcrypt looks at no more. */
    public static final int MOST_BYTES = 72;

    private Passwords() {}

    /** One that nobody guesses: 93 bits. */
    public static String generated() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }

    /** A bcrypt hash with a salt of its own: {@code $2y$12$...}. */
    public static String hash(String password) {
        return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(COST, password.toCharArray());
    }

    /** Whether a hash, of any version of bcrypt, is of this password. */
    public static boolean matches(String password, String hash) {
        return BCrypt.verifyer().verify(password.toCharArray(), hash).verified;
    }
}
