/** Local ports that stay open. */
@NullMarked
package dev.kfmr.forward;

import org.jspecify.annotations.NullMarked;
