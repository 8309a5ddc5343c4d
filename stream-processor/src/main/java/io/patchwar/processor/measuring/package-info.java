/** What Prometheus knows of clusters and audit logs do not tell: etcd's quota and size, and who watches what. */
@NullMarked
package io.patchwar.processor.measuring;

import org.jspecify.annotations.NullMarked;
