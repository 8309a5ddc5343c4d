/** How a service reaches Kafka, and the topics that it finds or makes there. */
@NullMarked
package io.patchwar.service.kafka;

import org.jspecify.annotations.NullMarked;
