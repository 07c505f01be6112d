/** What is registered, with its lineage, and the pipeline that registers it. */
@NullMarked
package dev.kfmr.models;

import org.jspecify.annotations.NullMarked;
