package io.aiconexus.webrtc.sctp;

import io.aiconexus.webrtc.net.LinkConditions;
import io.aiconexus.webrtc.net.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** An association on a simulated network, its timer, and everything that it said. */
final class SctpEndpoint implements SctpListener {

  record Message(int stream, int ppid, byte[] data) {
  }

  /** What else wants to happen when a message comes. */
  interface OnMessage {
    void message(int stream, int ppid, byte[] data);
  }

  final SimulatedNetwork network;
  final SctpAssociation association;
  final List<Message> messages = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  SimulatedNetwork.Link out;
  OnMessage onMessage = (stream, ppid, data) -> messages.add(new Message(stream, ppid, data));
  boolean consumes = true;
  boolean connected;
  CloseReason closed;
  long timerCalls;
  long packetsIn;
  private long scheduled = Long.MAX_VALUE;

  SctpEndpoint(SimulatedNetwork network, SctpOptions options, long seed) {
    this.network = network;
    this.association = new SctpAssociation(options, new SplittableRandom(seed),
      (packet, length) -> out.send(packet, length), this);
  }

  /** Two of them, joined. */
  static SctpEndpoint[] pair(SimulatedNetwork network, SctpOptions options, LinkConditions conditions, long seed) {
    SctpEndpoint ann = new SctpEndpoint(network, options, seed * 2 + 1);
    SctpEndpoint bob = new SctpEndpoint(network, options, seed * 2 + 2);
    ann.out = network.link(conditions, bob::receive);
    bob.out = network.link(conditions, ann::receive);
    return new SctpEndpoint[] {ann, bob};
  }

  void connect() {
    association.connect(network.now());
    schedule();
  }

  SendOutcome send(int stream, byte[] data, Delivery delivery) {
    return association.send(stream, 53, data, delivery, network.now());
  }

  void flush() {
    association.flush(network.now());
    schedule();
  }

  void receive(byte[] packet) {
    packetsIn++;
    association.receive(packet, 0, packet.length, network.now());
    flush();
  }

  private void schedule() {
    long deadline = association.nextDeadline();
    if (deadline < scheduled) {
      scheduled = deadline;
      network.at(deadline, () -> wake(deadline));
    }
  }

  private void wake(long scheduledFor) {
    if (scheduledFor != scheduled) {
      return;
    }
    scheduled = Long.MAX_VALUE;
    if (association.nextDeadline() <= network.now()) {
      timerCalls++;
      association.onTimer(network.now());
      if (association.nextDeadline() <= network.now()) {
        throw new AssertionError("a timer fired and is due again at once");
      }
    }
    schedule();
  }

  @Override
  public void connected() {
    connected = true;
    events.add("connected");
  }

  @Override
  public void message(int stream, int ppid, byte[] data) {
    if (consumes) {
      association.consumed(data.length);
    }
    onMessage.message(stream, ppid, data);
  }

  @Override
  public void streamsReset(int[] streams) {
    events.add("reset " + java.util.Arrays.toString(streams));
  }

  @Override
  public void streamsResetByUs(int[] streams, boolean performed) {
    events.add((performed ? "our reset " : "refused reset ") + java.util.Arrays.toString(streams));
  }

  @Override
  public void bufferedAmountLow(int stream) {
    events.add("low " + stream);
  }

  @Override
  public void closed(CloseReason reason) {
    if (closed != null) {
      throw new AssertionError("closed twice: " + closed + ", " + reason);
    }
    closed = reason;
    events.add("closed " + reason.kind());
  }
}
