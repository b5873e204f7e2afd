import NbrunArchives
import NbrunCurl
import NbrunPlatform

/// One file fetched over HTTP into a file that grows, so that a download that broke off goes on where it stopped.
struct Download {
  /// Where the file is.
  var url: URL
  /// The path of the file that it goes to; what that has already is not fetched again.
  var path: String
  /// The number of bytes that the whole file has.
  var byteCount: Int
  /// How often in succession the connection may break without `leastProgress` between.
  var patience = 3
  /// The seconds to wait before connecting again.
  var pause = 1.0
  /// The seconds without a byte after which a connection counts as broken.
  var timeout = 30
  /// The names of libcurl's library, which is opened for a download. A program that is linked to it loads it, and some thirty more that
  /// it needs, at every start: 22 of the 37 ms that a short command took.
  var libraries = ["libcurl.so.4", "libcurl.4.dylib", "libcurl-gnutls.so.4"]

  /// So many bytes more than there ever were have to arrive for broken connections to be forgiven: a server that gives a few at a
  /// time, or the same ones again, is not asked for ever.
  private var leastProgress: Int { max(1, byteCount / 100) }

  /// Fetches what is missing. `progress` is told how many bytes are there.
  func run(progress: @escaping (_ received: Int) -> Void) throws(DatasetError) {
    let file = open(path, O_WRONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw DatasetError.unwritable(path: path, reason: systemReason()) }
    defer { close(file) }
    var failures = 0
    var farthest = try size(of: file)
    while true {
      let before = try size(of: file)
      if before == byteCount { return }
      do throws(DatasetError) {
        return try connect(file, from: before, progress)
      } catch .interrupted(let url, let received, let expected, let reason) {
        if received >= farthest + leastProgress {
          farthest = received
          failures = 0
        } else {
          failures += 1
        }
        if failures == patience { throw .interrupted(url: url, received: received, expected: expected, reason: reason) }
        usleep(UInt32(pause * 1e6))
      }
    }
  }

  /// The size of the part that is there. One that is larger than the whole is no part of it and starts anew.
  private func size(of file: Int32) throws(DatasetError) -> Int {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw DatasetError.unwritable(path: path, reason: systemReason()) }
    if Int(status.st_size) <= byteCount { return Int(status.st_size) }
    guard ftruncate(file, 0) == 0 else { throw DatasetError.unwritable(path: path, reason: systemReason()) }
    return 0
  }

  /// Makes one connection and takes what it gives.
  private func connect(_ file: Int32, from start: Int, _ progress: @escaping (Int) -> Void) throws(DatasetError) {
    guard let library = libraries.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first else {
      throw .refused(
        url: url.absoluteString,
        reason: "cannot be fetched without libcurl (Debian and Ubuntu: libcurl4), which is not installed")
    }
    let receiver = DownloadReceiver(self, file, start, progress)
    let reason = withExtendedLifetime(receiver) {
      nbrun_curl_get(
        library, url.absoluteString, start > 0 ? "\(start)-" : nil,
        { bytes, size, count, receiver in
          DownloadReceiver.at(receiver).takeHead(UnsafeRawBufferPointer(start: bytes, count: size * count))
          return size * count
        },
        { bytes, size, count, receiver in
          DownloadReceiver.at(receiver).takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
            ? size * count : 0
        },
        Unmanaged.passUnretained(receiver).toOpaque(), timeout)
    }
    if let failure = receiver.end(reason.map { String(cString: $0) }) { throw failure }
  }
}

/// Takes in what one connection gives and writes it to the file.
private final class DownloadReceiver {
  private let download: Download
  private let file: Int32
  private let progress: (Int) -> Void
  private var received: Int
  private var failure: DatasetError?
  /// The last answer's status, and the fields of its head by their names in lower case.
  private var status = 0
  private var fields: [String: String] = [:]
  private var isAccepted = false

  init(_ download: Download, _ file: Int32, _ start: Int, _ progress: @escaping (Int) -> Void) {
    self.download = download
    self.file = file
    self.progress = progress
    received = start
  }

  /// The receiver that a request was given as its context.
  static func at(_ context: UnsafeMutableRawPointer) -> DownloadReceiver {
    Unmanaged<DownloadReceiver>.fromOpaque(context).takeUnretainedValue()
  }

  /// Takes a line of an answer's head; the last of several answers, behind redirections, counts.
  func takeHead(_ bytes: UnsafeRawBufferPointer) {
    let line = String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      fields = [:]
      status = line.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
    } else if let colon = line.firstIndex(of: ":") {
      fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmed
    }
  }

  /// Takes a piece of the body; says whether more is wanted.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    acceptOnce()
    if failure == nil { failure = take(bytes) }
    if failure == nil { progress(received) }
    return failure == nil
  }

  /// What went wrong, once the connection is over and libcurl gave `reason`, if any.
  func end(_ reason: String?) -> DatasetError? {
    if reason == nil || fields["content-encoding"] != nil { acceptOnce() }
    if let failure { return failure }
    return received < download.byteCount ? interrupted(reason ?? "the server closed the connection") : nil
  }

  private func acceptOnce() {
    if !isAccepted { failure = accept() }
    isAccepted = true
  }

  /// Decides by its head what an answer means for the file.
  private func accept() -> DatasetError? {
    let encoding = fields["content-encoding"] ?? "identity"
    guard encoding == "identity" || status >= 300 else {
      // libcurl undoes the encoding on the way, so that the file's own bytes never arrive.
      return refused("is sent with the content encoding \(encoding)")
    }
    switch status {
    case 206:
      if fields["content-range"]?.hasPrefix("bytes \(received)-") == true { return seek(to: received) }
      return restart("the server sent another part than was asked for")
    case 200:
      received = 0
      return seek(to: 0)
    case 416: return restart("the server has no such part")
    default: return refused("answered with status \(status)")
    }
  }

  /// Drops what is there, so that the next connection asks for the whole.
  private func restart(_ reason: String) -> DatasetError {
    received = 0
    return seek(to: 0) ?? interrupted(reason)
  }

  /// Cuts the file off at `offset` and goes on from there.
  private func seek(to offset: Int) -> DatasetError? {
    guard ftruncate(file, off_t(offset)) == 0, lseek(file, off_t(offset), SEEK_SET) >= 0 else {
      return .unwritable(path: download.path, reason: systemReason())
    }
    return nil
  }

  private func take(_ bytes: UnsafeRawBufferPointer) -> DatasetError? {
    guard bytes.count <= download.byteCount - received else {
      // A page of some portal, for example; the digest could only say that it is wrong.
      return restart("the server sent more than the file has")
    }
    do { try writeAll(bytes, to: file) } catch {
      return .unwritable(path: download.path, reason: String(cString: strerror(error.code)))
    }
    received += bytes.count
    return nil
  }

  private func refused(_ reason: String) -> DatasetError { .refused(url: download.url.absoluteString, reason: reason) }

  private func interrupted(_ reason: String) -> DatasetError {
    .interrupted(url: download.url.absoluteString, received: received, expected: download.byteCount, reason: reason)
  }
}
