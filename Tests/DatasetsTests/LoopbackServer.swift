import Foundation
import Synchronization

/// A small HTTP server on the loopback address that serves one file, well or badly, one connection at a time.
final class LoopbackServer: Sendable {
  /// How it answers a connection.
  enum Behaviour: Sendable {
    /// Gives what is asked for.
    case serve
    /// Promises what is asked for and closes the connection after so many bytes of it.
    case cut(after: Int)
    /// Gives the whole file, whatever part is asked for.
    case ignoreRange
    /// Gives another part than the one that is asked for.
    case wrongRange
    /// Gives an error page with this status.
    case fail(status: Int)
    /// Sends on to another address, with a page that says so.
    case redirect(to: String)
    /// Gives the file with a header that calls its compression an encoding of the transfer, as some servers do for `.gz`.
    case serveAsEncoded
    /// Gives the file with as many bytes again after it.
    case serveTooMuch
    /// Answers with something that is not HTTP.
    case babble
  }

  private struct State {
    var behaviours: [Behaviour]
    var rangesAsked: [String?] = []
  }

  let port: UInt16
  private let listener: Int32
  private let file: [UInt8]
  private let state: Mutex<State>

  /// Serves `file`. The connections are answered as `behaviours` say, one after another; the last one holds for all further ones.
  init(_ file: [UInt8], _ behaviours: Behaviour...) throws {
    self.file = file
    state = Mutex(State(behaviours: behaviours))
    #if canImport(Glibc)
      listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      listener = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 8) == 0 && getsockname(listener, address, &length) == 0
      }
    }
    guard isListening else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in acceptConnections() }
  }

  /// Stops listening, which ends the server's thread. That closes the descriptor: closed here, its number could be another
  /// server's before the thread has noticed.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  /// The address of the file.
  var url: URL {
    URL(string: "http://127.0.0.1:\(port)/cifar-10-binary.tar.gz") ?? URL(filePath: "/")
  }

  /// What each connection so far asked for in its `Range` header.
  var rangesAsked: [String?] {
    state.withLock { $0.rangesAsked }
  }

  private func acceptConnections() {
    defer { close(listener) }
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      #if canImport(Darwin)
        var yes: Int32 = 1
        setsockopt(connection, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
      #endif
      answer(connection)
      shutdown(connection, Int32(SHUT_WR))
      // Waiting for the other side keeps what was sent from being dropped with a reset.
      var rest = [UInt8](repeating: 0, count: 1_024)
      while recv(connection, &rest, rest.count, 0) > 0 {}
      close(connection)
    }
  }

  private func answer(_ connection: Int32) {
    guard let range = readRequest(connection) else { return }
    let behaviour = state.withLock { state in
      state.rangesAsked.append(range.isEmpty ? nil : range)
      return state.behaviours.count > 1 ? state.behaviours.removeFirst() : state.behaviours[0]
    }
    let start = range.split(whereSeparator: { "=-".contains($0) }).dropFirst().first.flatMap { Int($0) } ?? 0
    switch behaviour {
    case .serve: respond(connection, from: start)
    case .cut(let count): respond(connection, from: start, atMost: count)
    case .ignoreRange: respond(connection, from: 0)
    case .wrongRange: respond(connection, from: start / 2)
    case .fail(let status): send(connection, Array("HTTP/1.1 \(status) No\r\nContent-Length: 5\r\n\r\nsorry".utf8))
    case .redirect(let url):
      send(connection, Array("HTTP/1.1 302 There\r\nLocation: \(url)\r\nContent-Length: 5\r\n\r\nthere".utf8))
    case .serveAsEncoded:
      let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(file.count)\r\n\r\n"
      send(connection, Array(head.utf8) + file)
    case .serveTooMuch:
      send(connection, Array("HTTP/1.1 200 OK\r\nContent-Length: \(2 * file.count)\r\n\r\n".utf8) + file + file)
    case .babble: send(connection, Array("who is there?\r\n\r\n".utf8))
    }
  }

  private func respond(_ connection: Int32, from start: Int, atMost limit: Int = .max) {
    if start >= file.count, start > 0 {
      send(connection, Array("HTTP/1.1 416 Range\r\nContent-Length: 0\r\n\r\n".utf8))
      return
    }
    let part = file[start...]
    let status =
      start == 0 ? "200 OK" : "206 Partial Content\r\nContent-Range: bytes \(start)-\(file.count - 1)/\(file.count)"
    send(connection, Array("HTTP/1.1 \(status)\r\nContent-Length: \(part.count)\r\n\r\n".utf8) + part.prefix(limit))
  }

  /// Reads a request's head and returns its `Range`, empty if it has none; nil if the connection breaks.
  private func readRequest(_ connection: Int32) -> String? {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard recv(connection, &byte, 1, 0) == 1 else { return nil }
      head.append(byte)
    }
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    return lines.first { $0.lowercased().hasPrefix("range: ") }.map { String($0.dropFirst(7)) } ?? ""
  }

  private func send(_ connection: Int32, _ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      #if canImport(Darwin)
        let flags: Int32 = 0
      #else
        let flags = Int32(MSG_NOSIGNAL)
      #endif
      let count = rest.withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, flags) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
