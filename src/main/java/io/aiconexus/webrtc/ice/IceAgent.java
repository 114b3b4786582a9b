package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunDemux;
import io.aiconexus.webrtc.stun.StunException;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.StunMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One end of a connection looking for a path to the other (RFC 8445), and watching over it once found (RFC 7675).
 * <p>
 * It has no socket, no thread and no clock. Every method takes the time as {@code now}: nanoseconds on a clock that
 * only goes forward, such as {@link System#nanoTime}. After every call {@link #nextDeadline} may have changed; it is
 * never in the past. All calls come from one thread; what the agent has to say it says to {@link IceEvents}.
 * <p>
 * What comes from the network changes nothing unless it proves to know a password, and answers nothing either.
 */
public final class IceAgent {
  /** The deadline of an agent that waits for nothing. */
  public static final long NEVER = Long.MAX_VALUE;

  private final LocalCandidates locals = new LocalCandidates();
  private final Gathering gathering;
  private final Search search;
  private final IceEvents events;
  private final Progress progress;

  /**
   * Makes an agent that knows nobody yet.
   *
   * @param first the offerer controls (RFC 8445 section 6.1.1)
   * @param local our credentials, new for each agent
   * @param random cryptographically strong, such as {@code SecureRandom}
   */
  public IceAgent(IceRole first, IceCredentials local, IceSettings settings, IceEvents events, RandomGenerator random) {
    Pacer pacer = new Pacer(settings);
    this.gathering = new Gathering(settings, locals, pacer, random);
    this.search = new Search(settings, events, locals, pacer, random, first, local);
    this.events = events;
    this.progress = new Progress(events);
  }

  /**
   * Adds an address of an interface. Adding what is known changes nothing.
   *
   * @param base what to send from
   * @param address resolved, and not the wildcard address
   * @param localPreference 0 to 65,535: which interface and family to try first; different for each address
   */
  public void addHost(SocketHandle base, InetSocketAddress address, int localPreference, long now) {
    added(locals.addHost(base, address, localPreference));
    settle(now);
  }

  /**
   * Adds an address of an interface to open TCP connections from (RFC 6544). Adding what is known changes nothing.
   *
   * @param connections connects to an address when the first check goes there, and tells {@link #broken} of its end
   * @param address not the wildcard address
   * @param otherPreference 0 to 8,191: which address to try first; different for each
   */
  public void addActive(SocketHandle connections, InetAddress address, int otherPreference, long now) {
    added(locals.addActive(connections, address, otherPreference));
    settle(now);
  }

  /**
   * Adds an address on a TURN server.
   *
   * @param relay sends through the server; what comes through it is given to {@link #receive} with this handle
   * @param relayed the address on the server
   * @param mapped our address as the server saw it
   * @param server the server's address
   * @param localPreference 0 to 65,535: which relay to try first
   */
  public void addRelayed(SocketHandle relay, InetSocketAddress relayed, InetSocketAddress mapped, InetAddress server,
      int localPreference, long now) {
    added(locals.addRelayed(relay, relayed, mapped, server, localPreference));
    settle(now);
  }

  private void added(LocalCandidate candidate) {
    if (candidate != null && !progress.isClosed()) {
      search.current().addLocal(candidate);
      events.onLocalCandidate(candidate.candidate());
    }
  }

  /**
   * A socket or relay is gone: no new pair uses it, and after a {@link #restart} nothing does. What was begun with it
   * goes on in vain; if that is the selected pair, restart.
   */
  public void remove(SocketHandle base) {
    locals.remove(base);
  }

  /**
   * A connection is gone, or could not be made. Its pair has failed; if that is the selected one and no other works,
   * the state is {@link IceState#DISCONNECTED} until an ICE restart has found one, or consent has expired.
   */
  public void broken(SocketHandle connections, InetSocketAddress to, long now) {
    search.broken(connections, to);
    settle(now);
  }

  /**
   * Asks a STUN server which address it sees behind a base; the answer comes as a local candidate.
   *
   * @param base one that a host address of the server's family was added with; otherwise nothing happens
   * @param server resolved
   */
  public void gather(SocketHandle base, InetSocketAddress server, long now) {
    LocalCandidate from = locals.base(base, server.getAddress());
    if (from != null && !progress.isClosed()) {
      gathering.ask(from, server);
      settle(now);
    }
  }

  /**
   * Every address has been added and every server named; {@link IceEvents#onGatheringDone} follows once the servers
   * have answered or not. Called again after the gathering of an ICE restart.
   */
  public void endOfLocalCandidates(long now) {
    progress.awaitGathering();
    gathering.end();
    settle(now);
  }

  /**
   * Takes the peer's credentials; checks begin. The same ones again change nothing.
   *
   * @param lite whether the peer is a lite agent; this end then controls
   * @throws IllegalStateException when the peer has other ones than before, which takes a {@link #restart} first
   */
  public void setRemote(IceCredentials peer, boolean lite, long now) {
    if (search.current().remote() != null) {
      if (!search.current().remote().credentials().equals(peer)) {
        throw new IllegalStateException("the peer has new credentials: restart() must come first");
      }
      return;
    }
    if (!progress.isClosed()) {
      search.current().begin(peer, lite, now);
      settle(now);
    }
  }

  /**
   * Takes a candidate of the peer, before or after its credentials.
   * <p>
   * One with a name comes back through {@link IceEvents#onHostname}. Passed over are transports other than UDP and
   * passive TCP, components other than 1, addresses that are not one peer's, those of another generation, known ones,
   * and any beyond {@link IceSettings#maxRemoteCandidates}.
   *
   * @return whether it is of use
   */
  public boolean addRemoteCandidate(Candidate candidate, long now) {
    boolean added = !progress.isClosed() && search.current().addRemote(candidate);
    settle(now);
    return added;
  }

  /** The peer has no more candidates (RFC 8838 section 14). */
  public void remoteEndOfCandidates(long now) {
    search.current().endRemote();
    settle(now);
  }

  /**
   * Begins an ICE restart (RFC 8445 section 9): new credentials, and the search anew once {@link #setRemote} brings the
   * peer's. Data goes on over the selected pair until a new one is found. Our candidates stay as they are and are not
   * told again: read them from {@link #localCandidates}.
   */
  public void restart(IceCredentials fresh, long now) {
    if (progress.isClosed()) {
      return;
    }
    search.restart(fresh);
    settle(now);
  }

  /**
   * Takes a datagram.
   *
   * @param datagram from its position to its limit, in network byte order; not changed and not kept
   * @param local the handle it came in on
   * @param from where it came from
   * @return whether it was STUN for this agent; false for everything that has to go elsewhere or nowhere
   */
  public boolean receive(ByteBuffer datagram, SocketHandle local, InetSocketAddress from, long now) {
    if (progress.isClosed() || !StunDemux.isStun(datagram)) {
      return false;
    }
    try {
      return onMessage(StunMessage.parse(datagram), local, from, now);
    } catch (StunException malformed) {
      return false;
    }
  }

  private boolean onMessage(StunMessage message, SocketHandle local, InetSocketAddress from, long now) {
    boolean ours = message.method() == StunMethod.BINDING && switch (message.messageClass()) {
      case REQUEST -> search.onRequest(message, local, from, now);
      case SUCCESS, ERROR -> onResponse(message, local, from, now);
      case INDICATION -> true;
    };
    if (ours) {
      settle(now);
    }
    return ours;
  }

  private boolean onResponse(StunMessage message, SocketHandle local, InetSocketAddress from, long now) {
    if (gathering.isAnswered(message, local, from)) {
      added(gathering.onResponse(message, local, from));
      return true;
    }
    return search.onResponse(message, local, from, now);
  }

  /** Does what is due; calling it too early or too late does no harm. */
  public void onTimer(long now) {
    if (!progress.isClosed()) {
      gathering.onTimer(now, events::onServerSilent);
      search.onTimer(now);
      settle(now);
    }
  }

  /** When {@link #onTimer} has to be called at the latest, or {@link #NEVER}. */
  public long nextDeadline() {
    if (progress.isClosed()) {
      return NEVER;
    }
    return Math.min(gathering.nextDeadline(), search.nextDeadline());
  }

  /** Ends everything at once and silently; the peer notices when its consent checks stay unanswered. */
  public void close() {
    gathering.stop();
    search.stop();
    progress.become(IceState.CLOSED);
  }

  /** How far the connection has come. */
  public IceState state() {
    return progress.state();
  }

  /** Our role; it can change when both ends begin with the same one. */
  public IceRole role() {
    return search.role();
  }

  /** Our credentials, those of the latest restart. */
  public IceCredentials localCredentials() {
    return search.current().local();
  }

  /** Our candidates that the peer should know. */
  public List<Candidate> localCandidates() {
    return locals.all().stream().map(LocalCandidate::candidate)
      .filter(candidate -> candidate.type() != CandidateType.PEER_REFLEXIVE).toList();
  }

  /** The path that data takes; null while there is none, and once the state is FAILED or CLOSED: then send nothing. */
  public SelectedPair selectedPair() {
    return progress.selected();
  }

  /** How the checks of the latest generation went. */
  public IceTally tally() {
    return search.current().tally();
  }

  /** The end of every call: sends what may be sent and tells what has changed. */
  private void settle(long now) {
    gathering.pump(now);
    search.settle(progress, now);
    progress.update(search.current(), search.consent(), gathering.isDone());
    if (gathering.isDone()) {
      progress.gathered();
    }
  }
}
