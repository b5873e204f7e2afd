import NbrunArchives
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One file fetched over HTTP into a file that grows, so that a download that broke off goes on where it stopped.
struct Download: Sendable {
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
  var timeout = 30.0

  /// So many bytes more than there ever were have to arrive for broken connections to be forgiven: a server that gives a few at a
  /// time, or the same ones again, is not asked for ever.
  private var leastProgress: Int { max(1, byteCount / 100) }

  /// Fetches what is missing. `progress` is told how many bytes are there.
  func run(progress: @escaping @Sendable (_ received: Int) -> Void) throws(DatasetError) {
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
        Thread.sleep(forTimeInterval: pause)
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
  private func connect(
    _ file: Int32, from start: Int, _ progress: @escaping @Sendable (Int) -> Void
  ) throws(DatasetError) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = timeout
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    let receiver = DownloadReceiver(self, file, start, progress)
    let session = URLSession(configuration: configuration, delegate: receiver, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    var request = URLRequest(url: url)
    // The file as it is: a transfer encoding would make its bytes, and so the range, ambiguous.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if start > 0 { request.setValue("bytes=\(start)-", forHTTPHeaderField: "Range") }
    session.dataTask(with: request).resume()
    try receiver.wait()
  }
}

/// Takes in what one connection gives and writes it to the file.
private final class DownloadReceiver: NSObject, URLSessionDataDelegate {
  private struct State {
    var received: Int
    var failure: DatasetError?
  }

  private let download: Download
  private let file: Int32
  private let progress: @Sendable (Int) -> Void
  private let state: Mutex<State>
  private let finished = DispatchSemaphore(value: 0)

  init(_ download: Download, _ file: Int32, _ start: Int, _ progress: @escaping @Sendable (Int) -> Void) {
    self.download = download
    self.file = file
    self.progress = progress
    state = Mutex(State(received: start, failure: nil))
  }

  /// Waits for the connection's end and throws what went wrong.
  func wait() throws(DatasetError) {
    finished.wait()
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    let isWanted = state.withLock { state in
      state.failure = accept(response, &state)
      return state.failure == nil
    }
    completionHandler(isWanted ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let received = state.withLock { state -> Int? in
      guard state.failure == nil else { return nil }
      state.failure = take(data, &state)
      return state.failure == nil ? state.received : nil
    }
    if let received { progress(received) } else { dataTask.cancel() }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    state.withLock { state in
      if state.failure == nil, let error {
        state.failure = interrupted(state, error.localizedDescription)
      } else if state.failure == nil, state.received < download.byteCount {
        state.failure = interrupted(state, "the server closed the connection")
      }
    }
    finished.signal()
  }

  /// Decides by its head what an answer means for the file.
  private func accept(_ response: URLResponse, _ state: inout State) -> DatasetError? {
    guard let response = response as? HTTPURLResponse else { return interrupted(state, "the answer is not HTTP") }
    let encoding = response.value(forHTTPHeaderField: "Content-Encoding") ?? "identity"
    guard encoding == "identity" || response.statusCode >= 300 else {
      // The library undoes the encoding on the way, so that the file's own bytes never arrive.
      return refused("is sent with the content encoding \(encoding)")
    }
    switch response.statusCode {
    case 206:
      let range = response.value(forHTTPHeaderField: "Content-Range") ?? ""
      if range.hasPrefix("bytes \(state.received)-") { return seek(to: state.received) }
      return restart(&state, "the server sent another part than was asked for")
    case 200:
      state.received = 0
      return seek(to: 0)
    case 416: return restart(&state, "the server has no such part")
    default: return refused("answered with status \(response.statusCode)")
    }
  }

  /// Drops what is there, so that the next connection asks for the whole.
  private func restart(_ state: inout State, _ reason: String) -> DatasetError {
    state.received = 0
    return seek(to: 0) ?? interrupted(state, reason)
  }

  /// Cuts the file off at `offset` and goes on from there.
  private func seek(to offset: Int) -> DatasetError? {
    guard ftruncate(file, off_t(offset)) == 0, lseek(file, off_t(offset), SEEK_SET) >= 0 else {
      return .unwritable(path: download.path, reason: systemReason())
    }
    return nil
  }

  private func take(_ data: Data, _ state: inout State) -> DatasetError? {
    guard data.count <= download.byteCount - state.received else {
      // A page of some portal, for example; the digest could only say that it is wrong.
      return restart(&state, "the server sent more than the file has")
    }
    do { try data.withUnsafeBytes { try writeAll($0, to: file) } } catch {
      let reason = (error as? SystemError).map { String(cString: strerror($0.code)) } ?? error.localizedDescription
      return .unwritable(path: download.path, reason: reason)
    }
    state.received += data.count
    return nil
  }

  private func refused(_ reason: String) -> DatasetError { .refused(url: download.url.absoluteString, reason: reason) }

  private func interrupted(_ state: State, _ reason: String) -> DatasetError {
    .interrupted(
      url: download.url.absoluteString, received: state.received, expected: download.byteCount, reason: reason)
  }
}
