/** Requests to the REST APIs of what is installed, through a connection that may break meanwhile. */
@NullMarked
package dev.kfmr.rest;

import org.jspecify.annotations.NullMarked;
