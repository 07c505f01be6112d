/** Server-side apply, inventory, prune. */
@NullMarked
package dev.kfmr.apply;

import org.jspecify.annotations.NullMarked;
