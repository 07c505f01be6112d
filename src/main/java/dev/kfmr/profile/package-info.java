/** Profiles and pins: YAML files to validated records, with all problems of a file reported at once. The only place that knows SnakeYAML. */
@NullMarked
package dev.kfmr.profile;

import org.jspecify.annotations.NullMarked;
