#pragma once

/// Asks for the line of memory at an address, to be brought to the second-level cache; reads nothing, and is harmless at any
/// address. In C because Swift has no name for this instruction.
static inline __attribute__((always_inline)) void nbrun_prefetch(const void *address) {
  __builtin_prefetch(address, 0, 2);
}

typedef float nbrun_floats __attribute__((ext_vector_type(4)));
typedef double nbrun_doubles __attribute__((ext_vector_type(2)));

/// The square root of each number, in one instruction; Swift's own calls a function for each number.
static inline __attribute__((always_inline)) nbrun_floats nbrun_square_root_4f(nbrun_floats vector) {
  return __builtin_elementwise_sqrt(vector);
}

/// The same for doubles.
static inline __attribute__((always_inline)) nbrun_doubles nbrun_square_root_2d(nbrun_doubles vector) {
  return __builtin_elementwise_sqrt(vector);
}
