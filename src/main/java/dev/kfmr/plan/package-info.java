/** Pure: profile, pins and options to an ordered plan. */
@NullMarked
package dev.kfmr.plan;

import org.jspecify.annotations.NullMarked;
