/** Errors with their help text, exit codes, progress events, deadlines, running processes, directories. */
@NullMarked
package dev.kfmr.core;

import org.jspecify.annotations.NullMarked;
