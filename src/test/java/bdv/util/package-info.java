/** Stands in for BigDataViewer, which cannot be had for the tests: the signatures that are called, and nothing else. */
package bdv.util;
