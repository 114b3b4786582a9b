package io.aiconexus.cli;

/** A command cannot do what it was asked to, for a reason that the user can understand from the one line of message. */
final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
