/** Creates, finds and deletes the kind cluster; opens the API connection. */
@NullMarked
package dev.kfmr.cluster;

import org.jspecify.annotations.NullMarked;
