/**
 * What people look at after a run: figures and the self-contained HTML report. May use everything below it in
 * the house, and of that uses {@code store}, {@code tensor} and {@code task}; never the doors.
 */
package io.github.palimpsest.report;
