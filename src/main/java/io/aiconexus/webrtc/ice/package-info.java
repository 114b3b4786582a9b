/**
 * Interactive connectivity establishment (RFC 8445) for one data channel connection, with trickle (RFC 8838) and
 * consent (RFC 7675).
 * <p>
 * Pure: bytes and time come in, bytes and events go out. {@link io.aiconexus.webrtc.ice.IceAgent} is the door. Behind
 * it {@code Gathering} asks STUN servers, {@code Search} leads from one {@code Generation} (all that an ICE restart
 * replaces) to the next, {@code Checks} sends and repeats, {@code Nomination} chooses, {@code Consent} watches the
 * chosen path, and {@code Progress} tells the owner.
 * <p>
 * Two liberties are taken with RFC 8445, both because there is one stream with one component: no pair is ever frozen,
 * and the first checks go out as a small burst instead of one per 50 ms.
 */
package io.aiconexus.webrtc.ice;
