package io.aiconexus.protocol;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of messages, by the {@code type} field that names them on the wire. */
public enum MessageType {

  CHALLENGE(Party.GATEWAY), REGISTER(Party.TO_GATEWAY), REGISTERED(Party.GATEWAY), UNREGISTER(Party.TO_GATEWAY),
  OFFER(Party.AGENTS), ANSWER(Party.AGENTS), ICE_CANDIDATE(Party.AGENTS), BYE(Party.AGENTS),
  INTENT(Party.AGENTS), EXEC_REQUEST(Party.AGENTS), EXEC_RESPONSE(Party.AGENTS), RELAY(Party.AGENTS),
  ERROR(Party.ANY), PING(Party.ANY), PONG(Party.ANY);

  private static final Map<String, MessageType> BY_NAME =
    Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  private final Party party;

  MessageType(Party party) {
    this.party = party;
  }

  /** The type of that name, or null when there is none. */
  static MessageType named(String name) {
    return BY_NAME.get(name);
  }

  /** Whether only a gateway sends it. */
  public boolean fromGateway() {
    return party == Party.GATEWAY;
  }

  /** Whether {@code to} may be empty: the gateway speaks to somebody who has not registered yet. */
  boolean mayGoToTheUnnamed() {
    return this == CHALLENGE || this == ERROR;
  }

  /** Whether an agent may send it to another agent, through a gateway. */
  public boolean routable() {
    return party == Party.AGENTS || party == Party.ANY;
  }

  private enum Party { GATEWAY, TO_GATEWAY, AGENTS, ANY }
}
