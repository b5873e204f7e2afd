#pragma once

/// Asks for the line of memory at an address, to be brought to the second-level cache; reads nothing, and is harmless at any
/// address. In C because Swift has no name for this instruction.
static inline __attribute__((always_inline)) void nbrun_prefetch(const void *address) {
  __builtin_prefetch(address, 0, 2);
}
