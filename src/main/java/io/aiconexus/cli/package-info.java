/** The command line: one small class for each command, and how a failure is told to people. */
package io.aiconexus.cli;
