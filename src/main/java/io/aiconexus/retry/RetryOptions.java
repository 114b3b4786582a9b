package io.aiconexus.retry;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;
import java.time.Duration;

/**
 * How links are supervised; the {@code retry} object of the configuration.
 *
 * @param policy how connecting is tried again, unless {@code supervise} says otherwise
 * @param budgetRatio retries that each first attempt allows, 0 to 10, 0.2 by default; see {@link RetryBudget}
 * @param budgetPerSecond retries that each second allows besides, 0 to 100,000, 10 by default
 * @param grace how long a lost path may take to come back by itself; 0 to 10 min, 7 s by default
 * @param iceRestarts ICE restarts before the connection is built anew; 0 to 100, 3 by default
 * @param iceRestartTimeout how long each may take; 100 ms to 10 min, 5 s by default
 * @param absentPoll how seldom an agent is tried, in the end, that is present nowhere, should its presence event be missed
 *     or, at another gateway, not reach this event bus; it begins with 1 s; 1 s to 1 day, 5 min by default
 * @param checkInterval how often desired and actual state are compared, should an event be missed; 1 s to 1 day, 30 s by default
 * @param maxLinks links that one node supervises at most; 1 to 1,000,000, 10,000 by default
 */
public record RetryOptions(RetryPolicy policy, double budgetRatio, int budgetPerSecond, Duration grace, int iceRestarts,
                           Duration iceRestartTimeout, Duration absentPoll, Duration checkInterval, int maxLinks) {

  /** What {@code conf/aiconexus.json} has. */
  public static final RetryOptions DEFAULTS = new RetryOptions(RetryPolicy.DEFAULTS, RetryBudget.RATIO,
    RetryBudget.PER_SECOND, Duration.ofSeconds(7), 3, Duration.ofSeconds(5), Duration.ofMinutes(5),
    Duration.ofSeconds(30), 10_000);

  private static final long TEN_MINUTES_MS = 600_000;
  private static final long DAY_MS = 86_400_000;

  /** Checks every range. */
  public RetryOptions {
    RetryBudget.check(budgetRatio, budgetPerSecond);
    checkMillis("grace_ms", grace, 0, TEN_MINUTES_MS);
    check(iceRestarts >= 0 && iceRestarts <= 100, "retry.ice_restarts", "0 to 100", iceRestarts);
    checkMillis("ice_restart_timeout_ms", iceRestartTimeout, 100, TEN_MINUTES_MS);
    checkMillis("absent_poll_ms", absentPoll, 1_000, DAY_MS);
    checkMillis("check_ms", checkInterval, 1_000, DAY_MS);
    check(maxLinks >= 1 && maxLinks <= 1_000_000, "retry.max_links", "1 to 1000000", maxLinks);
  }

  /** Reads the {@code retry} object; what is absent keeps its default, what is unknown is refused. */
  public static RetryOptions from(Section section) {
    Section budget = section.section("budget");
    RetryOptions options = new RetryOptions(RetryPolicy.from(section.section("policy")),
      budget.decimal("ratio", DEFAULTS.budgetRatio),
      budget.integer("per_second", DEFAULTS.budgetPerSecond),
      section.millis("grace_ms", DEFAULTS.grace),
      section.integer("ice_restarts", DEFAULTS.iceRestarts),
      section.millis("ice_restart_timeout_ms", DEFAULTS.iceRestartTimeout),
      section.millis("absent_poll_ms", DEFAULTS.absentPoll),
      section.millis("check_ms", DEFAULTS.checkInterval),
      section.integer("max_links", DEFAULTS.maxLinks));
    budget.end();
    section.end();
    return options;
  }

  private static void checkMillis(String key, Duration value, long min, long max) {
    boolean holds = value.compareTo(Duration.ofMillis(min)) >= 0 && value.compareTo(Duration.ofMillis(max)) <= 0;
    check(holds, "retry." + key, min + " to " + max + " ms", value);
  }
}
