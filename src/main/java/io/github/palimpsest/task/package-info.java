/**
 * What every long piece of work needs: to tell how far it is, to be cancelled, and to say in a sentence what a user got wrong.
 * Uses nothing of the project; every other package may use it.
 */
package io.github.palimpsest.task;
