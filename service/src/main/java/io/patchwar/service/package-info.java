/** What a service is made of: parts that are started in order, checked, and closed in reverse. */
@NullMarked
package io.patchwar.service;

import org.jspecify.annotations.NullMarked;
