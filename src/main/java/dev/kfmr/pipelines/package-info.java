/** Kubeflow Pipelines by its REST API v2beta1, and what that API does not tell of a run, by its pods. */
@NullMarked
package dev.kfmr.pipelines;

import org.jspecify.annotations.NullMarked;
