/** What {@code aiconexus doctor} looks at: one class for each check, its judgement apart from its looking. */
package io.aiconexus.cli.doctor;
