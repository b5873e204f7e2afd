import NbrunDigests
import NbrunPlatform

/// The style of HTML reports and of the index page.
enum StyleSheet {
  /// Colours and fonts by name, so that figures share them. Colours have a contrast of at least 4.5 on their paper (WCAG 2.2,
  /// 1.4.3). Browsers that do not know `light-dark()` take the plain values.
  static let colours: String = {
    let palette: [(name: String, light: String, dark: String)] = [
      ("paper", "#ffffff", "#15171a"), ("wash", "#f5f6f8", "#1c1f23"), ("ink", "#1d2125", "#dfe3e8"),
      ("soft", "#59626c", "#9aa4af"), ("rule", "#dfe3e8", "#2d3238"), ("link", "#0b5cad", "#6cb6ff"),
      ("good", "#14713d", "#58c98b"), ("bad", "#b3261e", "#ff8a80"), ("warn", "#7a5200", "#e8bd5a"),
      ("warnwash", "#fff7e0", "#2a2415"), ("badwash", "#fdf1f0", "#2b1b1b"),
      ("keyword", "#8a2f8f", "#e09ae4"), ("type", "#0c6577", "#7fd7f0"), ("string", "#a13a12", "#f0a37a"),
      ("number", "#1a56b0", "#8fb8ff"), ("comment", "#5a6672", "#93a0ac"),
    ]
    func properties(_ value: ((name: String, light: String, dark: String)) -> String) -> String {
      palette.map { "--\($0.name):\(value($0))" }.joined(separator: ";")
    }
    return """
      :root{color-scheme:light dark;\(properties(\.light))}
      @media screen and (prefers-color-scheme:dark){:root{\(properties(\.dark))}}
      @media screen{@supports (color:light-dark(#fff,#000)){:root{\(properties { "light-dark(\($0.light),\($0.dark))" })}}}
      @media print{:root{color-scheme:light}}

      """
  }()

  /// How far the lines of a listing are indented, by their classes.
  private static let indentations = stride(from: 2, through: CodeHighlighter.deepestIndentation, by: 2).map {
    ".i\($0){--i:\($0)ch}"
  }.joined()

  /// Everything of a page but its colours.
  static let layout = """
    :root{--prose:"Source Serif 4",Charter,"Iowan Old Style","Noto Serif",Georgia,serif;--ui:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;--mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    *{box-sizing:border-box}
    html{font:18px/1.5 var(--prose);background:var(--paper);color:var(--ink);scroll-padding-top:1.2rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0;display:grid;grid-template-columns:minmax(1.1rem,1fr) minmax(0,70ch) minmax(1.1rem,1fr);overflow-wrap:break-word}
    main{grid-column:2;grid-row:1;padding:3.2rem 0 4rem;min-width:0}
    a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:.06em}
    main>:is(p,ul,ol,dl,blockquote){max-width:68ch}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
    .skip{position:absolute;left:-100vw;top:0;background:var(--paper);padding:.4rem .8rem;font:.8rem var(--ui);z-index:1}
    .skip:focus{left:.5rem;top:.5rem}
    h1,h2,h3,h4,h5,h6{font-family:var(--ui);font-weight:650;line-height:1.25;letter-spacing:-.01em;margin:1.8rem 0 .5rem;text-wrap:balance}
    h1{font-size:2.05rem;line-height:1.15;letter-spacing:-.02em;margin:0 0 .6rem}h1 .anchor{font-size:.6em}
    h2{font-size:1.32rem;margin-top:2.1rem}h3{font-size:1.08rem}h4,h5,h6{font-size:.95rem}
    .anchor{color:var(--soft);text-decoration:none;margin-inline-start:.35em;font-weight:400;font-size:.85em}.anchor:hover,.anchor:focus{color:var(--link)}
    p,ul,ol,dl,blockquote{margin:.65rem 0}li>p{margin:.3rem 0}ul,ol{padding-inline:1.5rem 0}li{margin:.2rem 0}[dir=rtl]>li:dir(ltr){margin-left:1.5rem}[dir=ltr]>li:dir(rtl){margin-right:1.5rem}
    blockquote{margin-inline:0;padding-inline-start:1rem;border-inline-start:3px solid var(--rule);color:var(--soft)}
    .alert{margin:1rem 0;padding-block:.1rem;padding-inline-start:1rem;border-inline-start:3px solid var(--of);--of:var(--link)}.alert-title{font:650 .84rem/1.5 var(--ui);color:var(--of)}.alert.tip{--of:var(--good)}.alert.important{--of:var(--keyword)}.alert.warning{--of:var(--warn)}.alert.caution{--of:var(--bad)}
    mark{background:var(--warnwash);color:inherit;outline:1px solid var(--warn)}kbd{border:1px solid var(--rule);border-radius:4px;padding:.05em .35em;background:var(--wash)}sub,sup{line-height:0}
    hr{border:0;border-top:1px solid var(--rule);margin:2.4rem 0}
    img{max-width:100%;height:auto}@media screen and (prefers-color-scheme:dark){main img{background:#fff;color-scheme:light;forced-color-adjust:none}}
    code,kbd,samp{font-family:var(--mono);font-size:.84em}
    :not(pre)>code{background:var(--wash);border-radius:4px;padding:.08em .3em}
    pre{font:max(.7rem,12px)/1.6 var(--mono);border-radius:8px;padding:.75rem .9rem;margin:.8rem 0;overflow-x:auto;overflow-wrap:normal}
    .wrapped{white-space:pre-wrap;overflow-wrap:anywhere}
    .code{font:max(.7rem,12px)/1.6 var(--mono);background:var(--wash);border-radius:8px;list-style:none;margin:.3rem 0 0;padding:.75rem .9rem .75rem 4.2em;overflow-wrap:anywhere}.code li{margin:0;break-inside:avoid;min-height:1.6em;white-space:pre-wrap;position:relative;padding-left:calc(2ch + var(--i,0ch));text-indent:calc(-2ch - var(--i,0ch))}.code li::before{content:counter(list-item);position:absolute;left:-4.2em;width:3.2em;text-align:right;text-indent:0;color:var(--soft);user-select:none}\(indentations)
    pre code{font:inherit;background:none;padding:0}
    math{font-size:1.06em}math[display=block]{margin:.4rem 0;padding:.15rem 0}p>math[display=block]{overflow-x:auto;overflow-y:hidden;max-width:100%}
    .scroll{overflow-x:auto;margin:.8rem 0}.scroll:has(>math){margin:.3rem 0}.scroll>pre{margin:0;overflow:visible;width:max-content;min-width:100%}.scroll>table+.anchor{display:block;width:fit-content;margin:.2rem 0 0}
    .scroll,.output{container-type:scroll-state;position:relative}.stop{position:absolute;display:none}details:not([open]) .stop{display:block}@container scroll-state(scrollable:x){.stop{display:block}}@supports not (container-type:scroll-state){.stop{display:block}}:has(>.stop:focus-visible){outline:2px solid var(--link);outline-offset:2px}.stop:focus-visible{outline:none}
    pre,.output,.scroll{--shade:light-dark(#0002,#000a);--of:var(--wash);background:linear-gradient(90deg,var(--of) 40%,transparent) -1px 0/2.4rem 100% local,linear-gradient(270deg,var(--of) 40%,transparent) right -1px top/2.4rem 100% local,linear-gradient(90deg,var(--shade),transparent) left/.6rem 100% scroll,linear-gradient(270deg,var(--shade),transparent) right/.6rem 100% scroll,var(--of);background-repeat:no-repeat}.scroll{--of:var(--paper)}
    caption{text-align:start;color:var(--soft);padding-bottom:.2rem}table{border-collapse:collapse;font:.78rem/1.5 var(--ui);font-variant-numeric:tabular-nums}
    th{text-align:start;font-weight:600;color:var(--soft)}td,th{padding:.14rem 1rem .14rem 0;border-bottom:1px solid var(--rule);vertical-align:baseline}td:last-child,th:last-child{padding-right:0}table[dir=rtl] :is(td,th){padding-right:0;padding-left:1rem}table[dir=rtl] :is(td,th):last-child{padding-left:0}
    td.m,.numeric td{font-family:var(--mono);font-size:.74rem;white-space:nowrap;text-align:right}td.m.long,td.m.left{text-align:left}td.m.long{white-space:normal}
    .left{text-align:left}.center{text-align:center}.right{text-align:right}
    .lead{font-size:1.12rem;line-height:1.5;color:var(--soft);margin:0 0 1rem}
    .status{font:600 .82rem/1.5 var(--ui);margin:.6rem 0}.status.passed{color:var(--good)}.status.failed{color:var(--bad)}.status.running{color:var(--link)}
    .status .byline{font-weight:400;color:var(--soft)}
    .banner{font:.84rem/1.5 var(--ui);background:var(--warnwash);border-left:3px solid var(--warn);border-radius:0 8px 8px 0;padding:.6rem .9rem;margin:1rem 0}.banner p{margin:.2rem 0}.banner strong{color:var(--warn)}.banner code{display:inline-block;max-width:100%}
    .cards{display:flex;flex-wrap:wrap;gap:1px;border:1px solid var(--rule);border-radius:10px;overflow:hidden;margin:1.5rem 0 1.8rem;padding:0;font-family:var(--ui);list-style:none}
    .cards li{flex:1 1 6.4rem;min-width:min-content;padding:.7rem .75rem;margin:0;outline:1px solid var(--rule)}.cards b{display:block;font-size:1.3rem;letter-spacing:-.02em;font-variant-numeric:tabular-nums;line-height:1.3;font-weight:650;white-space:nowrap}.cards span{display:block;overflow-wrap:anywhere;font-size:.75rem;line-height:1.4;color:var(--soft)}.cards:has(>:nth-child(4)) li{flex-basis:7.6rem}.cards .what{color:var(--ink)}.cards a{color:inherit;text-decoration-color:var(--rule)}
    .contents{font:.76rem/1.5 var(--ui)}.contents ol{list-style:none;margin:0;padding:0}.contents a{display:block;padding:.22rem 0 .22rem .7rem;border-left:2px solid var(--rule);color:var(--soft);text-decoration:none}.contents a:hover,.contents a:focus{color:var(--link);border-color:var(--link)}.contents .deeper a{padding-left:1.5rem}
    nav.contents>ol{scroll-target-group:auto}.contents a:target-current{color:var(--ink);border-color:var(--link)}
    nav.contents{grid-column:3;grid-row:1;padding:4.2rem 1rem 2rem 2.4rem}nav.contents>ol{position:sticky;top:1.6rem;max-width:14rem;max-height:calc(100vh - 3.2rem);overflow-y:auto;padding-left:2px}
    details.contents{display:none;margin:1.4rem 0 0}
    .cell .scroll{margin:.5rem 0}.cell{margin:.9rem 0;border-left:3px solid var(--rule);padding:.1rem 0 .1rem 1.05rem;min-width:0}
    .cell.held{border-color:var(--good)}.cell.broken,.cell.failed{border-color:var(--bad)}.cell.not-tested,.cell.not-run{border-color:var(--warn)}
    .cell>header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .7rem;font:.76rem/1.5 var(--ui);color:var(--soft)}
    .cell .n{font:600 .74rem var(--mono)}.cell .step{font:600 .86rem var(--mono);color:var(--ink)}.cell .id{font-family:var(--mono);font-size:.74rem;color:inherit;text-decoration:none}.cell .id::after{content:" #"}.cell .id:hover{text-decoration:underline;color:var(--link)}.cell .time{margin-left:auto}.source pre{margin:.3rem 0}
    .params{font:.74rem/1.65 var(--mono);color:var(--soft);margin:.3rem 0 0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:0 1.1rem}.params li{margin:0;max-width:100%}.params b{font-weight:600;color:var(--ink)}.cell .params details{display:inline-block;max-width:100%;margin:0}.params summary{font:inherit;color:inherit}.params pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0}
    .output{border-radius:8px;margin:.5rem 0;padding:.5rem 0;min-width:0;overflow-x:auto}.output pre{background:none;margin:0;padding:0 .9rem;overflow:visible;border-radius:0;width:max-content;min-width:100%}.cell .output details{margin:0}.output details>summary{padding:.15rem .9rem;position:sticky;left:0}.output .long{content-visibility:auto;contain-intrinsic-size:auto 30rem}
    summary{font:.76rem/1.6 var(--ui);color:var(--link);cursor:pointer;width:fit-content}
    .cell details{margin:.4rem 0}
    .verdict{font-weight:600;white-space:nowrap}.verdict.held,.verdict.attested{color:var(--good)}.verdict.broken{color:var(--bad)}.verdict.not-tested{color:var(--warn)}
    .failure{font:.82rem/1.5 var(--ui);background:var(--badwash);border-radius:8px;padding:.6rem .9rem;margin:.7rem 0}.failure p{margin:.2rem 0}.failure strong{color:var(--bad)}p.note{font:.82rem/1.5 var(--ui);color:var(--warn);margin:.5rem 0}
    .listing{margin:.7rem 0}.listing:has(details){margin:.2rem 0;position:relative;padding-right:1.2rem}.listing details+.anchor{position:absolute;right:0;top:0;font-size:.7rem}.listing figcaption{margin:0}.listing summary{font:.8rem/1.45 var(--ui);color:var(--soft);padding-left:1.1em;text-indent:-1.1em}.listing summary code{color:var(--ink)}.listing figcaption code{color:var(--ink)}
    :is(.code,pre) b{color:var(--keyword);font-weight:inherit}:is(.code,pre) var{color:var(--type);font-style:inherit}.s{color:var(--string)}.d{color:var(--number)}:is(.code,pre) i{color:var(--comment)}
    .a1{color:var(--bad)}.a2{color:var(--good)}.a3{color:var(--warn)}.a4{color:var(--link)}.a5{color:var(--keyword)}.a6{color:var(--type)}.a7{color:var(--soft)}.b1{--on:var(--bad)}.b2{--on:var(--good)}.b3{--on:var(--warn)}.b4{--on:var(--link)}.b5{--on:var(--keyword)}.b6{--on:var(--type)}.b7{--on:var(--soft)}.on{background:color-mix(in srgb,var(--on) 16%,transparent)}.ab{font-weight:700}.ai{font-style:italic}.au{text-decoration:underline}
    .v{white-space:nowrap;font-variant-numeric:tabular-nums;border-bottom:1px dotted var(--soft)}.v.missing{color:var(--warn);font-style:italic}
    .notebooks{list-style:none;padding:0;margin-top:1.6rem}main>.notebooks{max-width:none}.notebooks li{border-top:1px solid var(--rule);margin:0;padding:1rem 0 .8rem}.notebooks h2{margin:0}.notebooks p{margin:.25rem 0}.notebooks .forms{font:.78rem/1.5 var(--ui);color:var(--soft)}.notebooks a{text-decoration:none}.notebooks a:hover{text-decoration:underline}
    .footnotes{font-size:.85rem}.task{list-style:none}.task>input,.task>p>input{margin-inline:-1.4em .4em}
    .provenance{margin-top:2.6rem;border-top:1px solid var(--rule);padding-top:.6rem;font:.76rem/1.5 var(--ui);color:var(--soft)}.provenance h2{font-size:1rem;color:var(--ink);margin:.8rem 0 .4rem}.provenance dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1.2rem;margin:0}.provenance dt{font-weight:600}.provenance dd{margin:0;min-width:0}.provenance code{font-size:.64rem;word-break:break-all}
    @media(max-width:1180px){nav.contents{display:none}details.contents{display:block}}
    @media(max-width:560px){html{font-size:16px;line-height:1.4}h2{margin-top:1.5rem}p,ul,ol,dl,blockquote{margin-block:.55rem}li{margin:.15rem 0}pre,.code,.params,summary,main .tools{line-height:1.5}main figure{margin-block:.6rem;line-height:1.4}table{line-height:1.4}main{padding:1.8rem 0 2rem}.output{margin:.3rem 0;padding:.3rem 0}.folds{margin:.2rem 0}.plotbox .readings{min-height:1.5em}h1{font-size:1.7rem}body{grid-template-columns:.9rem minmax(0,1fr) .9rem}.cell{margin:.5rem 0 .5rem -.9rem;padding-left:calc(.9rem - 3px)}.cell .time{margin-left:0}td,th{padding-block:.1rem;padding-right:.5rem}.metrics,.metrics td.m{font-size:12px}.provenance dl{grid-template-columns:minmax(0,5.2rem) minmax(0,1fr)}.listing details:not([open]) .folders{display:none}.pictures img{width:3.6rem}}
    @media(min-width:860px){.metrics td:first-child{white-space:nowrap}}

    """

  /// The value of a Content-Security-Policy under which a page runs nothing, loads nothing and takes its style from `style` alone.
  static func policy(style: String, script: String? = nil) -> String {
    var policy = "default-src 'none'; style-src '\(source(style))'; img-src data:; base-uri 'none'; form-action 'none'"
    if let script { policy += "; script-src '\(source(script))' file:" }
    return policy
  }

  /// The source expression that allows just this text.
  private static func source(_ text: String) -> String {
    "sha256-" + Data(SHA256.digest(of: text).bytes).base64EncodedString()
  }
}
