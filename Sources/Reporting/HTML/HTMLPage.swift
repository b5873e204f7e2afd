import Markup

/// The frame of an HTML page: one file that runs nothing and asks for nothing outside itself.
enum HTMLPage {
  /// A page with the given body.
  /// - Parameter style: the whole style sheet, a constant of this program.
  static func page(title: String, style: String, body: (inout MarkupWriter) -> Void) -> String {
    var page = MarkupWriter()
    page.raw("<!doctype html>\n")
    page.element("html", ["lang": "en"]) { html in
      html.newline()
      html.element("head") { head in
        head.newline()
        head.void("meta", ["charset": "utf-8"])
        head.void("meta", ["http-equiv": "Content-Security-Policy", "content": StyleSheet.policy(style: style)])
        head.newline()
        head.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        head.void("meta", ["name": "color-scheme", "content": "light dark"])
        head.newline()
        head.element("title", text: title)
        head.newline()
        head.element("style") { $0.raw(style) }
        head.newline()
      }
      html.newline()
      html.element("body") { content in
        content.newline()
        body(&content)
      }
      html.newline()
    }
    page.newline()
    return page.string
  }
}
