package io.aiconexus.retry;

import io.aiconexus.config.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many retries a node may send in all and to each destination, so that an outage is not made worse by those who
 * try to get over it.
 * <p>
 * Each first attempt pays in a share of a retry, and time pays in a few a second, for those who attempt rarely. What is
 * saved up is bounded. So are the destinations: the one not heard of for longest is forgotten first. One context.
 */
public final class RetryBudget {

  /** A fifth of the requests, as in Finagle's RetryBudget, and ten retries a second. */
  public static final double RATIO = 0.2;
  /** Retries a second that need no requests. */
  public static final int PER_SECOND = 10;

  /** Seconds' worth of retries that can be saved up. */
  private static final int SAVED_SECONDS = 10;
  private static final int DESTINATIONS_MAX = 10_000;

  private final double ratio;
  private final int perSecond;
  private final LongSupplier nowMs;
  private final Account node;
  private final Map<String, Account> destinations = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
      return size() > DESTINATIONS_MAX;
    }
  };

  /**
   * @param ratio retries that each first attempt allows, 0 to 10
   * @param perSecond retries that each second allows besides, 0 to 100,000
   * @param nowMs a clock that goes forward, see {@link Timers#nowMs}
   */
  public RetryBudget(double ratio, int perSecond, LongSupplier nowMs) {
    check(ratio, perSecond);
    this.ratio = ratio;
    this.perSecond = perSecond;
    this.nowMs = nowMs;
    this.node = new Account();
  }

  static void check(double ratio, int perSecond) {
    Section.check(ratio >= 0 && ratio <= 10, "retry.budget.ratio", "0 to 10", ratio);
    Section.check(perSecond >= 0 && perSecond <= 100_000, "retry.budget.per_second", "0 to 100000", perSecond);
  }

  /** A first attempt is made. */
  public void request(String destination) {
    node.pay(ratio);
    account(destination).pay(ratio);
  }

  /** Whether a retry may be made now; if so it is taken from both accounts. */
  public boolean claim(String destination) {
    Account there = account(destination);
    if (!node.has() || !there.has()) {
      return false;
    }
    node.pay(-1);
    there.pay(-1);
    return true;
  }

  /** Retries that the node may make now. */
  long available() {
    node.pay(0);
    return (long) Math.max(0, node.balance);
  }

  /** Destinations that are remembered; at most 10,000. */
  int destinations() {
    return destinations.size();
  }

  private Account account(String destination) {
    return destinations.computeIfAbsent(destination, unknown -> new Account());
  }

  private final class Account {

    private double balance = perSecond;
    private long paidMs = nowMs.getAsLong();

    boolean has() {
      pay(0);
      return balance >= 1;
    }

    void pay(double amount) {
      long now = nowMs.getAsLong();
      double earned = Math.max(0, now - paidMs) / 1_000.0 * perSecond;
      paidMs = now;
      balance = Math.min(SAVED_SECONDS * Math.max(1, perSecond), balance + earned + amount);
    }
  }
}
