package io.aiconexus.config;

/** A setting that cannot be used; the message is one line with the key, the rule and the value. */
public final class ConfigurationException extends IllegalArgumentException {

  /** Says what is wrong with a setting. */
  public ConfigurationException(String message) {
    super(message);
  }
}
