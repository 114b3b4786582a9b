/** Opening data channels over SCTP: the Data Channel Establishment Protocol (RFC 8832), without I/O. */
package io.aiconexus.webrtc.dcep;
