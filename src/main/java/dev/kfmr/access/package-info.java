/** The way in: signs in as a browser does, tells what is wrong when that fails, and changes the password. */
@NullMarked
package dev.kfmr.access;

import org.jspecify.annotations.NullMarked;
