package io.aiconexus.flow;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything that the toolkit logs, down to TRACE, while this is open; the console keeps its own level. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger toolkit = (Logger) LoggerFactory.getLogger("io.aiconexus");
  private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

  private LogLines() {
    setContext(toolkit.getLoggerContext());
    start();
    toolkit.setAdditive(false);
    toolkit.setLevel(Level.TRACE);
    toolkit.addAppender(this);
  }

  static LogLines open() {
    return new LogLines();
  }

  /** Level and text of each line so far, stack traces included. */
  List<String> all() {
    List<String> lines = new ArrayList<>();
    events.forEach(event -> lines.add(event.getLevel() + " " + event.getFormattedMessage()
      + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()))));
    return lines;
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  @Override
  public void close() {
    toolkit.detachAppender(this);
    toolkit.setLevel(null);
    toolkit.setAdditive(true);
    stop();
  }
}
