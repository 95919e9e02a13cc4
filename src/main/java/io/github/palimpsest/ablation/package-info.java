/**
 * What each part of the method brings, measured on anyone's data: the same chain of commands with parts left out, row
 * by row, beside the paper's figures. Looks at masks, as scoring does; nothing that trains may use this package.
 */
package io.github.palimpsest.ablation;
