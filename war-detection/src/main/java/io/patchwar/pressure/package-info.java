/** What a war costs its cluster, and who is to be told: rates, shares, growth of etcd, time to its quota, severity ({@code detection.md} section 3). */
@NullMarked
package io.patchwar.pressure;

import org.jspecify.annotations.NullMarked;
