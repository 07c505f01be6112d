/** Trees to ordered Kubernetes objects, by the real kustomize. */
@NullMarked
package dev.kfmr.render;

import org.jspecify.annotations.NullMarked;
