/** What is wrong with an installation, why, and how it is mended. */
@NullMarked
package dev.kfmr.doctor;

import org.jspecify.annotations.NullMarked;
