/** The program. */
@NullMarked
package dev.kfmr;

import org.jspecify.annotations.NullMarked;
