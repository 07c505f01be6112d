package dev.kfmr.install;

import java.time.Duration;

/** Where tokens of ServiceAccounts come from. */
interface TokenSource {
    /** @param secretUid the token ends with this Secret, which lies in the account's namespace */
    String request(String namespace, String serviceAccount, Duration life, String secret, String secretUid);
}
