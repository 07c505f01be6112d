/** What kfmr keeps between runs: the environment file, its lock, the event log. */
@NullMarked
package dev.kfmr.state;

import org.jspecify.annotations.NullMarked;
