/** The Model Registry by its REST API v1alpha3. */
@NullMarked
package dev.kfmr.registry;

import org.jspecify.annotations.NullMarked;
