#if canImport(Darwin)
  @preconcurrency import Darwin
#else
  @preconcurrency import Glibc
#endif

/// Writes standard output and error line by line although they lead into a pipe, so that what a step printed before it died is
/// there. To be called before anything is printed and before there is a second thread.
func bufferStandardStreamsByLine() {
  setvbuf(stdout, nil, _IOLBF, 1 << 16)
  setvbuf(stderr, nil, _IOLBF, 1 << 12)
}
