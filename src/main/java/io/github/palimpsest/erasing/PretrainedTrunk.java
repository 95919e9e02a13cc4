package io.github.palimpsest.erasing;
