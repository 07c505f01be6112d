/** The container engine (Docker or Podman), asked through its command line. */
@NullMarked
package dev.kfmr.engine;

import org.jspecify.annotations.NullMarked;
