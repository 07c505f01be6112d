/** Commands, text and JSON printers, the one error printer. */
@NullMarked
package dev.kfmr.cli;

import org.jspecify.annotations.NullMarked;
