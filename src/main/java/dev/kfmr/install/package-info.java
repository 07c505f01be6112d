/** The only classes that know the sequence from a plan to a running installation. */
@NullMarked
package dev.kfmr.install;

import org.jspecify.annotations.NullMarked;
