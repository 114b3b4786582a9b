package io.aiconexus.bench;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Two ends on webrtc-java itself, with the native engine's settings: the least that works without deadlock, nothing
 * checked, nothing released, no backpressure. What the engine is measured against.
 */
final class BarePair {

  final BareLane lane;
  final Side a;
  final Side b;

  private BarePair(BareLane lane) {
    this.lane = lane;
    this.a = new Side();
    this.b = new Side();
    a.other = b;
    b.other = a;
  }

  static Future<BarePair> connect(BareLane lane) {
    Promise<BarePair> open = Promise.promise();
    lane.execute(() -> {
      BarePair pair = new BarePair(lane);
      pair.a.make();
      pair.b.make();
      pair.negotiate();
      Future.all(pair.a.open.future(), pair.b.open.future()).<BarePair>map(pair).onComplete(open);
    });
    return open.future();
  }

  Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    lane.execute(() -> {
      a.close();
      b.close();
      closed.complete();
    });
    return closed.future();
  }

  private void negotiate() {
    a.create(true, offer -> a.set(true, offer, () -> b.set(false, offer, () -> {
      b.described();
      b.create(false, answer -> b.set(true, answer, () -> a.set(false, answer, a::described)));
    })));
  }

  /** One of the two. */
  final class Side implements PeerConnectionObserver, RTCDataChannelObserver {

    final Promise<Void> open = Promise.promise();
    RTCDataChannel channel;
    Consumer<ByteBuffer> onMessage = data -> { };
    private final List<RTCIceCandidate> early = new ArrayList<>();
    private RTCPeerConnection connection;
    private Side other;
    private boolean described;

    private void make() {
      RTCConfiguration configuration = new RTCConfiguration();
      configuration.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
      configuration.portAllocatorConfig.setDisableTcp(true).setEnableIpv6(true).setEnableSharedSocket(true);
      connection = lane.factory().createPeerConnection(configuration, this);
      RTCDataChannelInit init = new RTCDataChannelInit();
      init.negotiated = true;
      init.id = 0;
      channel = connection.createDataChannel("bench", init);
      channel.registerObserver(this);
    }

    private void create(boolean offer, Consumer<RTCSessionDescription> then) {
      CreateSessionDescriptionObserver observer = new CreateSessionDescriptionObserver() {
        @Override
        public void onSuccess(RTCSessionDescription description) {
          lane.execute(() -> then.accept(description));
        }

        @Override
        public void onFailure(String error) {
          open.tryFail(error);
        }
      };
      if (offer) {
        connection.createOffer(new RTCOfferOptions(), observer);
      } else {
        connection.createAnswer(new RTCAnswerOptions(), observer);
      }
    }

    private void set(boolean local, RTCSessionDescription description, Runnable then) {
      SetSessionDescriptionObserver observer = new SetSessionDescriptionObserver() {
        @Override
        public void onSuccess() {
          lane.execute(then);
        }

        @Override
        public void onFailure(String error) {
          open.tryFail(error);
        }
      };
      if (local) {
        connection.setLocalDescription(description, observer);
      } else {
        connection.setRemoteDescription(description, observer);
      }
    }

    private void described() {
      described = true;
      early.forEach(connection::addIceCandidate);
    }

    private void close() {
      channel.unregisterObserver();
      connection.close();
      connection = null;
    }

    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
      lane.execute(() -> {
        if (!other.described) {
          other.early.add(candidate);
        } else if (other.connection != null) {
          other.connection.addIceCandidate(candidate);
        }
      });
    }

    @Override
    public void onStateChange() {
      lane.execute(() -> {
        if (connection != null && channel.getState() == RTCDataChannelState.OPEN) {
          open.tryComplete();
        }
      });
    }

    @Override
    public void onMessage(RTCDataChannelBuffer message) {
      onMessage.accept(message.data);
    }

    @Override
    public void onBufferedAmountChange(long previous) {
      // Never called by webrtc-java 0.14.0.
    }
  }
}
