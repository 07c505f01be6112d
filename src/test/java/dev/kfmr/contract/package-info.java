/** Servers that answer as the real programs did when they were recorded. */
@NullMarked
package dev.kfmr.contract;

import org.jspecify.annotations.NullMarked;
