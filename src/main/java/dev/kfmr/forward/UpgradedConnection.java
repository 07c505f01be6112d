package dev.kfmr.forward;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A connection to the API server that speaks no HTTP any more.
 *
 * @param out not buffered
 * @param cancel closes it without waiting for anything; whoever reads or writes gets an error
 */
record UpgradedConnection(InputStream in, OutputStream out, Runnable cancel) implements AutoCloseable {
    @Override
    public void close() {
        cancel.run();
    }
}
