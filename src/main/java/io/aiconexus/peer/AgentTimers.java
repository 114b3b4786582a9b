package io.aiconexus.peer;

import io.aiconexus.retry.Timers;
import java.util.concurrent.TimeUnit;

/** The timers of one agent's context. */
record AgentTimers(LinkOwner agent) implements Timers {

  @Override
  public long nowMs() {
    return TimeUnit.NANOSECONDS.toMillis(agent.nanos());
  }

  @Override
  public long after(long delayMs, Runnable action) {
    return agent.after(Math.max(1, delayMs), action);
  }

  @Override
  public void cancel(long timer) {
    agent.cancel(timer);
  }

  @Override
  public void execute(Runnable task) {
    agent.context().runOnContext(now -> task.run());
  }
}
