/** A pin to a tree of files at exactly that commit. The only place that knows JGit. */
@NullMarked
package dev.kfmr.fetch;

import org.jspecify.annotations.NullMarked;
