import NbrunDiagnostics
import NbrunMarkup

/// The frame of an HTML page: one file that runs nothing and asks for nothing outside itself.
enum HTMLPage {
  /// A page with the given body.
  /// - Parameters:
  ///   - language: the language of its text, as a tag of BCP 47.
  ///   - properties: what those who show a link to it are told.
  ///   - style: the whole style sheet, a constant of this program.
  ///   - script: a script, for a live page alone: reports have none, and their policy allows none.
  static func page(
    title: String, language: String = "en", properties: [(name: String, content: String)] = [], style: String,
    script: String? = nil, body: (inout MarkupWriter) -> Void
  ) -> String {
    var page = MarkupWriter()
    page.raw("<!doctype html>\n")
    page.block("html", ["lang": language]) { html in
      html.newline()
      html.block("head") { head in
        head.newline()
        head.void("meta", ["charset": "utf-8"])
        head.void(
          "meta", ["http-equiv": "Content-Security-Policy", "content": StyleSheet.policy(style: style, script: script)])
        head.newline()
        head.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        head.void("meta", ["name": "color-scheme", "content": "light dark"])
        head.newline()
        head.block("title", text: title)
        for (name, content) in properties { head.void("meta", ["property": name, "content": content]) }
        head.block("style") { $0.raw(style) }
        if let script { head.block("script") { $0.raw(script) } }
      }
      html.block("body") { content in
        content.newline()
        body(&content)
      }
    }
    return ControlCharacters.visible(page.string)
  }
}
