/** Finds kind and kustomize at a supported version on PATH, or downloads the pinned release and verifies it. */
@NullMarked
package dev.kfmr.tools;

import org.jspecify.annotations.NullMarked;
