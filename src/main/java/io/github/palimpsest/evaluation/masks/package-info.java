/**
 * Ground-truth masks and all that looks at them. Masks are for scoring only: nothing that trains may use this package.
 */
package io.github.palimpsest.evaluation.masks;
