/**
 * What a command asks its user, built from its definition with ImageJ's own dialogs, so that ImageJ 1.x and Fiji show the
 * same: {@link io.github.palimpsest.command.dialog.CommandDialog}.
 */
package io.github.palimpsest.command.dialog;
