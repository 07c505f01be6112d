/** Preflight: what must hold before anything is created. Checks are data. */
@NullMarked
package dev.kfmr.check;

import org.jspecify.annotations.NullMarked;
