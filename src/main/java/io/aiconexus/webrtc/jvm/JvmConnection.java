package io.aiconexus.webrtc.jvm;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.ConnectionStats;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.IceCandidate;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.aiconexus.webrtc.PeerConnectionOptions;
import io.aiconexus.webrtc.SessionDescription;
import io.aiconexus.webrtc.SessionDescription.Type;
import io.aiconexus.webrtc.dtls.DtlsRole;
import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.IceAgent;
import io.aiconexus.webrtc.ice.IceCredentials;
import io.aiconexus.webrtc.ice.IceRole;
import io.aiconexus.webrtc.ice.IceState;
import io.aiconexus.webrtc.sctp.PacketSink;
import io.aiconexus.webrtc.sctp.SctpAssociation;
import io.aiconexus.webrtc.sdp.DataSection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One end of a connection in Java; everything of it on its own event loop. */
final class JvmConnection implements PeerConnection, TransportOwner {

  private static final Logger log = LoggerFactory.getLogger(JvmConnection.class);

  private final JvmEngine engine;
  private final ContextInternal context;
  private final PeerConnectionListener listener;
  private final Channels channels;
  private final Negotiation negotiation = new Negotiation();
  private final States states;
  private final List<Candidate> early = new ArrayList<>(0);
  private Transport transport;
  private PeerConnectionOptions options;
  private boolean earlyEnd;
  private boolean hopeless;
  private int maxMessageSize;
  private boolean closed;

  JvmConnection(JvmEngine engine, ContextInternal context, PeerConnectionOptions options,
                PeerConnectionListener listener) {
    this.engine = engine;
    this.context = context;
    this.options = options;
    this.listener = listener;
    this.channels = new Channels(this, engine.options().maxChannels());
    this.states = new States(state -> tell(() -> listener.onIceConnectionState(state)),
      state -> tell(() -> listener.onConnectionState(state)));
  }

  @Override
  public Future<SessionDescription> setLocalDescription() {
    return ask(this::describe);
  }

  private SessionDescription describe() {
    if (!negotiation.hasRemote() && channels.isEmpty()) {
      throw Failure.BAD_REQUEST.because("make a data channel before the first offer");
    }
    Type type = negotiation.next();
    boolean gathers = transport == null || negotiation.renews();
    IceCredentials credentials = gathers ? IceCredentials.random(JvmEngine.RANDOM) : negotiation.ours();
    if (transport == null) {
      IceRole role = type == Type.OFFER ? IceRole.CONTROLLING : IceRole.CONTROLLED;
      transport = new Transport(context.nettyEventLoop(), this, engine.sockets(context.nettyEventLoop()),
        engine.endpoint(), role, credentials, engine.counters());
    }
    String text = negotiation.describe(credentials, Fingerprints.toSdp(transport.endpoint().fingerprint()));
    if (negotiation.isStable()) {
      follow();
    }
    if (gathers) {
      new Gathering(transport, engine, options, this).later(context);
    }
    return new SessionDescription(type, text);
  }

  /** Both ends agree: the transport does what they agreed on. */
  private void follow() {
    DataSection theirs = negotiation.theirs();
    IceAgent agent = transport.path().agent();
    long now = System.nanoTime();
    if (!agent.localCredentials().equals(negotiation.ours())) {
      transport.path().restart(negotiation.ours(), now);
    }
    transport.begin(theirs.credentials(), negotiation.isLite(), Fingerprints.trusted(theirs), negotiation.role());
    theirs.candidates().forEach(each -> transport.path().addRemote(each, now));
    early.forEach(each -> transport.path().addRemote(each, now));
    early.clear();
    if (earlyEnd || theirs.endOfCandidates()) {
      agent.remoteEndOfCandidates(now);
    }
    transport.wake();
  }

  @Override
  public Future<Void> rollback() {
    return ask(() -> {
      negotiation.rollback();
      if (!negotiation.isAgreed() && transport != null) {
        transport.close();
        transport = null;
      }
      return null;
    });
  }

  @Override
  public Future<Void> setRemoteDescription(SessionDescription description) {
    return ask(() -> {
      IceCredentials before = negotiation.hasRemote() ? negotiation.theirs().credentials() : null;
      negotiation.hear(description.type(), description.sdp());
      if (!negotiation.theirs().credentials().equals(before)) {
        early.clear();
        earlyEnd = false;
      }
      long most = negotiation.theirs().maxMessageSize();
      maxMessageSize = most == 0 ? Channels.MAX_MESSAGE : (int) Math.min(most, Channels.MAX_MESSAGE);
      if (negotiation.isStable()) {
        follow();
      }
      return null;
    });
  }

  @Override
  public Future<Void> addIceCandidate(IceCandidate found) {
    return ask(() -> {
      Candidate candidate = negotiation.candidate(found);
      if (negotiation.isAnswerDue()) {
        earlyEnd |= candidate == null;
        if (candidate != null && early.size() < Channels.MOST_EARLY) {
          early.add(candidate);
        }
      } else if (candidate == null) {
        transport.path().agent().remoteEndOfCandidates(System.nanoTime());
      } else {
        transport.path().addRemote(candidate, System.nanoTime());
      }
      wake();
      return null;
    });
  }

  @Override
  public Future<DataChannel> createDataChannel(String label, DataChannelOptions options,
                                               DataChannelListener channelListener) {
    return ask(() -> channels.make(label, options, channelListener));
  }

  @Override
  public void restartIce() {
    negotiation.restart();
  }

  @Override
  public void setIceServers(List<IceServer> given) {
    options = new PeerConnectionOptions(given, options.relayOnly());
  }

  @Override
  public int maxMessageSize() {
    return maxMessageSize;
  }

  @Override
  public Future<ConnectionStats> stats() {
    return ask(() -> transport == null ? ConnectionStats.NONE : transport.stats());
  }

  @Override
  public Future<Void> close() {
    if (!closed) {
      closed = true;
      channels.abandon();
      if (transport != null) {
        transport.close();
      }
      engine.gone(this);
    }
    Promise<Void> done = context.promise();
    context.runOnContext(now -> done.complete());
    return done.future();
  }

  ContextInternal context() {
    return context;
  }

  /** Tells of a channel of the other end, whose listener it then has. */
  void announce(JvmChannel channel) {
    tell(() -> channel.listener(listener.onDataChannel(channel)));
  }

  void onIceCandidateError(String url, int code, String text) {
    tell(() -> listener.onIceCandidateError(url, code, text));
  }

  @Override
  public void onLocalCandidate(Candidate candidate) {
    String ufrag = negotiation.ours().ufrag();
    tell(() -> listener.onIceCandidate(new IceCandidate(candidate.line() + " ufrag " + ufrag, negotiation.mid(),
      negotiation.index(), ufrag)));
  }

  @Override
  public void onGatheringDone() {
    String ufrag = negotiation.ours().ufrag();
    tell(() -> listener.onIceCandidate(new IceCandidate("", negotiation.mid(), negotiation.index(), ufrag)));
  }

  @Override
  public void onIceState(IceState state) {
    if (state == IceState.FAILED) {
      log.info("no path to the other end works, or none any more");
    }
    states.ice(state);
    onStateChange();
  }

  @Override
  public void onStateChange() {
    if (transport != null) {
      states.derive(transport.progress(), hopeless);
    }
  }

  @Override
  public SctpAssociation associate(int packetSize, PacketSink sink) {
    SctpAssociation association = new SctpAssociation(engine.sctp(packetSize, negotiation.theirs().sctpPort()),
      JvmEngine.RANDOM, sink, channels);
    channels.carriedBy(association, negotiation.role() == DtlsRole.CLIENT);
    return association;
  }

  @Override
  public void onLost(Verdict verdict) {
    if (closed) {
      return;
    }
    if (!verdict.goodbye()) {
      log.info("connection lost: {}", verdict.text());
      engine.counters().failed();
      hopeless = true;
    }
    channels.lose(verdict.text());
    onStateChange();
  }

  void wake() {
    if (transport != null) {
      transport.wake();
    }
  }

  /** Runs an event of the application on its context, here and now; what it throws is the context's to report. */
  void tell(Runnable event) {
    if (!closed) {
      context.dispatch(event);
    }
  }

  /** Runs something in a task of its own, unless the connection is closed by then. */
  void hop(Runnable task) {
    context.runOnContext(now -> {
      if (!closed) {
        task.run();
      }
    });
  }

  /** Carries an operation out in a task of its own: after those asked for before, and never within the call. */
  private <T> Future<T> ask(Supplier<T> operation) {
    Promise<T> outcome = context.promise();
    context.runOnContext(now -> Future.succeededFuture()
      .map(start -> {
        if (closed) {
          throw Failure.CANCELLED.because("the connection is closed");
        }
        return operation.get();
      })
      .onComplete(outcome));
    return outcome.future();
  }
}
