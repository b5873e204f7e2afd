import Foundation
import NbrunJSONValues

@testable import NbrunReporting

/// What stands in a folder of reports, to be forged.
struct ForgedOutputs {
  var files: [String: Data]
  /// What stands there and is no file.
  var others: [String: String] = [:]

  var outputs: CommittedOutputs { CommittedOutputs(files: files, others: others) }
}

/// A way to forge what stands in a folder of reports.
struct Forgery: CustomStringConvertible {
  var description: String
  var apply: (inout ForgedOutputs) -> Void

  /// Every way that is tried on `outputs`: each kind of change at each kind of place.
  static func all(of outputs: ForgedOutputs, report folder: String) throws -> [Forgery] {
    let results = "\(folder)/\(ResultsFile.name)"
    let texts = outputs.files.keys.filter { $0 != results }.sorted()
    return try values(of: results, in: outputs) + texts.flatMap { edits(of: $0, in: outputs) }
      + outputs.files.keys.sorted().flatMap(places) + folders(of: outputs, report: folder)
  }

  // MARK: Values of the results

  /// A part of a JSON value.
  private enum Step { case key(String), index(Int) }

  /// Each value of the results replaced by others of its type and of other types, removed, repeated, with a neighbour.
  private static func values(of file: String, in outputs: ForgedOutputs) throws -> [Forgery] {
    let value = try JSONParser.parse(outputs.files[file] ?? Data()).value
    var forgeries: [Forgery] = []
    visit(value, at: []) { path, old in
      for (what, new) in others(than: old) where new != old && !isAnyNumber(path, what) {
        let place = path.map { step in
          switch step {
          case .key(let key): ".\(key)"
          case .index(let index): "[\(index)]"
          }
        }.joined()
        forgeries.append(
          Forgery(description: "\(file)\(place): \(what)") { outputs in
            let forged = replacing(value, at: path[...], by: new)
            outputs.files[file] = Data(JSONWriter.string(forged, layout: .readable).utf8)
          })
      }
    }
    let text = String(decoding: outputs.files[file] ?? Data(), as: UTF8.self)
    let rewritten = [
      ("on one line", JSONWriter.string(value)), ("indented otherwise", text.replacing("\n ", with: "\n  ")),
      ("a key twice", text.replacing("\"schema\": ", with: "\"schema\": 2,\n \"schema\": ", maxReplacements: 1)),
      ("another notation", text.replacing("0.6694", with: "0.66940")), ("no line end", text + " "), ("empty", ""),
      ("cut", String(text.dropLast(20))), ("an escape", text.replacing("schema", with: "sch\\u0065ma")),
    ]
    return forgeries
      + rewritten.filter { $0.1 != text }.map { what, new in
        Forgery(description: "\(file): \(what)") { $0.files[file] = Data(new.utf8) }
      }
  }

  /// Whether a change leaves numbers of a series that differs from run to run and that no page shows: no run can tell those.
  private static func isAnyNumber(_ path: [Step], _ what: String) -> Bool {
    let keys = path.compactMap { if case .key(let key) = $0 { key } else { nil } }
    guard keys.first == "volatile", keys.contains("series") else { return false }
    if case .index? = path.last { return what != "a text" }
    return what == "one more" || what == "one less"
  }

  private static func visit(_ value: JSONValue, at path: [Step], _ body: ([Step], JSONValue) -> Void) {
    if !path.isEmpty { body(path, value) }
    switch value {
    case .object(let members):
      for (key, member) in members.sorted(by: { $0.key < $1.key }) { visit(member, at: path + [.key(key)], body) }
    case .array(let elements):
      // The first and the last of a long list stand for all.
      for (index, element) in elements.enumerated() where index < 3 || index == elements.count - 1 {
        visit(element, at: path + [.index(index)], body)
      }
    default: break
    }
  }

  /// What may stand in the place of a value: nil for nothing.
  private static func others(than value: JSONValue) -> [(String, JSONValue?)] {
    var others: [(String, JSONValue?)] = [("removed", nil)]
    switch value {
    case .number(let text):
      others += [
        ("another digit", .number(withAnotherDigit(text))), ("a text", .string("<script>")),
        ("negative", .number("-7")),
      ]
    case .string(let text):
      others += [("another text", .string(text + "x")), ("a number", .number("1")), ("empty", .string(""))]
    case .bool(let truth): others += [("the contrary", .bool(!truth)), ("a text", .string("true"))]
    case .array(let elements):
      others.append(("no list", .object([:])))
      if let last = elements.last {
        others += [("one more", .array(elements + [last])), ("one less", .array(Array(elements.dropLast())))]
      }
    case .object(let members):
      others.append(("a stranger", .object(members.merging(["stranger": .integer(1)]) { $1 })))
    case .null: others.append(("a number", .number("1")))
    }
    return others
  }

  private static func withAnotherDigit(_ text: String) -> String {
    var characters = Array(text)
    guard
      let place = characters.firstIndex(where: { $0.isNumber && $0 != "0" }) ?? characters.firstIndex(where: \.isNumber)
    else { return text }
    characters[place] = characters[place] == "7" ? "3" : "7"
    return String(characters)
  }

  private static func replacing(_ value: JSONValue, at path: ArraySlice<Step>, by new: JSONValue?) -> JSONValue {
    switch (path.first, value) {
    case (.key(let key)?, .object(var members)):
      members[key] = path.count == 1 ? new : members[key].map { replacing($0, at: path.dropFirst(), by: new) }
      return .object(members)
    case (.index(let index)?, .array(var elements)):
      if path.count == 1 {
        if let new { elements[index] = new } else { elements.remove(at: index) }
      } else {
        elements[index] = replacing(elements[index], at: path.dropFirst(), by: new)
      }
      return .array(elements)
    default: return value
    }
  }

  // MARK: Texts

  /// Changes of a file that is made from the results: bytes all over it, its beginning and its end, the values that differ from run to
  /// run wherever they stand in it.
  private static func edits(of file: String, in outputs: ForgedOutputs) -> [Forgery] {
    let bytes = Array(outputs.files[file] ?? Data())
    func forgery(_ what: String, _ change: @escaping (inout [UInt8]) -> Void) -> Forgery {
      Forgery(description: "\(file): \(what)") { outputs in
        var forged = bytes
        change(&forged)
        outputs.files[file] = Data(forged)
      }
    }
    var forgeries = [
      forgery("empty") { $0 = [] }, forgery("a line end more") { $0.append(10) },
      forgery("one less") { $0.removeLast() },
      forgery("CRLF") { $0 = $0.flatMap { $0 == 10 ? [13, 10] : [$0] } },
      forgery("a byte-order mark") { $0.insert(contentsOf: [0xEF, 0xBB, 0xBF], at: 0) },
      forgery("a script at its end") { $0 += Array("<script>alert(1)</script>".utf8) },
      forgery("no UTF-8") { $0[$0.count / 2] = 0xFF },
    ]
    for part in 0..<8 {
      let place = (bytes.count - 1) * part / 8
      forgeries.append(forgery("byte \(place) changed") { $0[place] ^= 1 })
      forgeries.append(forgery("byte \(place) gone") { $0.remove(at: place) })
      forgeries.append(
        forgery("a script at \(place)") { $0.insert(contentsOf: Array("<script>alert(1)</script>".utf8), at: place) })
    }
    if file.hasSuffix(".svg") { forgeries.append(forgery("no drawing") { $0 = Array("<svg></svg>\n".utf8) }) }
    let text = String(decoding: bytes, as: UTF8.self)
    for (old, new) in [
      ("41.2", "91.2"), ("8.3e-10", "1.3e-10"), ("12 ms", "1 ms"), ("3 min 31 s", "3 s"),
      ("Example CPU", "A faster CPU"),
      ("2 threads", "64 threads"), ("1.2 s", "0.1 s"), ("40 ms", "<b>4 ms</b>"),
      ("Naive against fast", "Fast against naive"),
    ] where text.contains(old) {
      forgeries.append(forgery("\(new) for \(old)") { $0 = Array(text.replacing(old, with: new).utf8) })
    }
    return forgeries
  }

  // MARK: Names

  /// A file that is gone, has another name or another one beside it, and what is no file in its place.
  private static func places(_ file: String) -> [Forgery] {
    let parts = file.split(separator: "/").map(String.init)
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    func forgery(_ what: String, _ change: @escaping (inout ForgedOutputs) -> Void) -> Forgery {
      Forgery(description: "\(file): \(what)", apply: change)
    }
    return [
      forgery("gone") { $0.files[file] = nil },
      forgery("renamed") { $0.files["\(file).old"] = $0.files.removeValue(forKey: file) },
      forgery("in capitals") {
        $0.files[folder + (parts.last ?? "").uppercased() + "X"] = $0.files.removeValue(forKey: file)
      },
      forgery("hidden") { $0.files["\(folder).\(parts.last ?? "")"] = $0.files.removeValue(forKey: file) },
      forgery("with a hidden copy") { $0.files["\(folder).\(parts.last ?? "")"] = $0.files[file] },
      forgery("with a copy") { $0.files["\(folder)copy-of-\(parts.last ?? "")"] = $0.files[file] },
      forgery("a link") { outputs in
        outputs.files[file] = nil
        outputs.others[file] = "a link"
      },
      forgery("a pipe") { outputs in
        outputs.files[file] = nil
        outputs.others[file] = "no regular file"
      },
      forgery("a folder of its name") { outputs in
        outputs.files["\(file)/index.html"] = outputs.files.removeValue(forKey: file)
      },
    ]
  }

  /// Folders that are there too, under any name, and the report under another.
  private static func folders(of outputs: ForgedOutputs, report folder: String) -> [Forgery] {
    let report = outputs.files.filter { $0.key.hasPrefix(folder + "/") }
    func copy(to name: String, _ what: String, results: Bool = true) -> Forgery {
      Forgery(description: "\(name): \(what)") { outputs in
        for (file, bytes) in report where results || !file.hasSuffix(ResultsFile.name) {
          outputs.files[name + file.dropFirst(folder.count)] = bytes
        }
      }
    }
    var forgeries = [
      copy(to: "ghost", "a ghost"), copy(to: "ghost/deep/er", "a ghost"), copy(to: ".ghost", "a hidden ghost"),
      copy(to: "\(folder)/ghost", "a ghost in the report"),
      copy(to: "\(folder)/figures/ghost", "a ghost in its figures"),
      copy(to: "ghost", "a ghost without results", results: false),
      copy(to: "\(folder)2", "a report of nearly the same name"),
      Forgery(description: "the report renamed") { outputs in
        for file in report.keys {
          outputs.files["moved" + file.dropFirst(folder.count)] = outputs.files.removeValue(forKey: file)
        }
      },
      Forgery(description: "the report gone") { outputs in for file in report.keys { outputs.files[file] = nil } },
      Forgery(description: "the report a link") { outputs in
        for file in report.keys { outputs.files[file] = nil }
        outputs.others[folder] = "a link"
      },
      Forgery(description: "the figures a link") { outputs in
        for file in report.keys where file.hasPrefix("\(folder)/figures/") { outputs.files[file] = nil }
        outputs.others["\(folder)/figures"] = "a link"
      },
    ]
    for name in [
      "evil.html", ".evil.html", "x/evil.html", ".x/evil.html", "\(folder)/evil.html", "\(folder)/.x/evil.html",
      "\(folder)/figures/evil.svg", "\(folder)/figures/.evil.svg", "\(folder)/figures/x/evil.svg", "index.htm",
      "readme.md",
    ] {
      forgeries.append(Forgery(description: "\(name) added") { $0.files[name] = Data("<script>".utf8) })
      forgeries.append(Forgery(description: "\(name) added, a link") { $0.others[name] = "a link" })
    }
    return forgeries
  }
}
