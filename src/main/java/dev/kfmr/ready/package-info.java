/** Readiness of one object, as a pure function, and the loop that waits on many. */
@NullMarked
package dev.kfmr.ready;

import org.jspecify.annotations.NullMarked;
