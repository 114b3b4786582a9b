package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The sessions of one signaling instance. Belongs to its context. */
final class Sessions {

  private final Set<Session> all = new LinkedHashSet<>();
  private final Map<Did, Session> byDid = new HashMap<>();
  private final Map<Did, Session> arriving = new HashMap<>();

  void opened(Session session) {
    all.add(session);
  }

  /** The DID has been proved; what comes for an epoch that is not known here yet is for this session. */
  void arriving(Did did, Session session) {
    arriving.put(did, session);
  }

  /** The session has its epoch. */
  void arrived(Session session) {
    arriving.remove(session.entry().did(), session);
    byDid.put(session.entry().did(), session);
  }

  void notArrived(Did did, Session session) {
    arriving.remove(did, session);
  }

  void ended(Session session) {
    if (session.entry() != null) {
      byDid.remove(session.entry().did(), session);
    }
  }

  void gone(Session session) {
    all.remove(session);
  }

  /** Hands a message to the session that it is addressed to, if that is here. */
  Outcome deliver(Delivery delivery) {
    Session session = byDid.get(delivery.to());
    if (session != null && session.entry().epoch() == delivery.epoch()) {
      return session.deliver(delivery);
    }
    Session newer = arriving.get(delivery.to());
    return newer == null ? Outcome.MOVED : newer.deliver(delivery);
  }

  /** The session of that DID and epoch, or null. */
  Session find(Did did, long epoch) {
    Session session = byDid.get(did);
    return session != null && session.entry().epoch() == epoch ? session : null;
  }

  /** The session of that DID, or null. */
  Session find(Did did) {
    return byDid.get(did);
  }

  boolean isArriving(Did did) {
    return arriving.containsKey(did);
  }

  /** How many sessions have proved their DID. */
  int registered() {
    return byDid.size();
  }

  /** Every session whose socket or queue still exists. */
  Collection<Session> all() {
    return Collections.unmodifiableSet(all);
  }
}
