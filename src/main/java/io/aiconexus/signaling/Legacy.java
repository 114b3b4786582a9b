package io.aiconexus.signaling;

import java.util.List;

/**
 * What a session leaves to the one that resumes it.
 *
 * @param queue what its agent has not received, in order, each once
 * @param taken messages that it took from its agent
 */
record Legacy(List<Delivery> queue, long taken) { }
