extension StyleSheet {
  /// How a page lays out figures and what belongs to them: what readers choose, the whole screen, images with their captions.
  static let figures = """
    figure{margin:.8rem 0;min-width:0;font:.8rem/1.45 var(--ui)}figcaption{color:var(--soft);margin-top:.2rem}figcaption .title{color:var(--ink);font-weight:600}
    .plotbox{display:block;position:static;inset:auto;width:auto;height:auto;max-width:none;max-height:none;margin:0;padding:0;border:0;overflow:visible;background:none;color:inherit}
    .plotbox:popover-open{position:fixed;inset:0;width:100%;height:100%;padding:2.6rem max(.6rem,min(1.4rem,2vw)) 1rem;overflow:auto;background:var(--paper);display:flex;flex-direction:column;justify-content:safe center}
    .plotbox:popover-open svg.plot{width:100%;height:calc(100vh - 8.5rem);min-height:17rem;flex:none}.plotbox:popover-open .readings{flex:none}
    button{font:.76rem/1.6 var(--ui);color:var(--link);background:none;border:0;padding:0;cursor:pointer}button:hover,.tools a:hover,summary:hover{text-decoration:underline}
    .cell svg.plot,.smoothing{max-width:32rem}.cell .plotbox:popover-open svg.plot{max-width:none}
    @media(forced-colors:active){.plot .halo{stroke:Canvas}}
    .close{display:none}.plotbox:popover-open .close{display:block;position:fixed;top:.6rem;right:1.2rem;font-size:.9rem;padding:.2rem .5rem;background:var(--paper)}
    @supports not selector(:popover-open){.full{display:none}}
    figcaption{display:inline}figcaption>.anchor::after{content:" ";word-spacing:1rem}.listing figcaption{display:block}.tools{display:inline-flex;flex-wrap:wrap;gap:0 1.1rem;align-items:baseline;font:.76rem/1.6 var(--ui)}.tools:has([open]){display:flex}.tools a{text-decoration:none}.cell .tools details{margin:0;min-width:0}.tools details[open]{flex-basis:100%}
    .smoothing{border:0;padding:0;margin:0 0 .3rem;display:flex;flex-wrap:wrap;gap:0 .7rem;justify-content:flex-end;align-items:center;font:.76rem/1.6 var(--ui);color:var(--soft)}.smoothing legend{float:left;padding:0}.smoothing label{white-space:nowrap}
    input[type=radio]{accent-color:var(--link);margin:0 .3em 0 0;vertical-align:-.12em}
    .choice{display:none}.plotbox:has(.w1:checked) .choice.w1,.plotbox:has(.w2:checked) .choice.w2,.plotbox:has(.w3:checked) .choice.w3,.plotbox:has(.w4:checked) .choice.w4{display:inline}.plotbox:has(.w0:checked) :is(.rawline,.raw){opacity:1}
    .readings{position:relative;min-height:3em;margin:0;font:.78rem/1.5 var(--ui);color:var(--soft);font-variant-numeric:tabular-nums;border-radius:3px}.readings:has(:focus-visible){outline:2px solid var(--link);outline-offset:-2px;padding:2px .4em}
    .readings label{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.readings input{position:absolute;opacity:0}
    .readings label:has(:is(:checked,:focus-visible)){position:static;width:auto;height:auto;clip-path:none;white-space:normal;color:var(--ink)}
    .readings:has(:is(:checked,:focus-visible))>.hint,.plotbox:has(.probes>g:hover) .hint{display:none}
    .plotbox:has(.probes>g:hover) .readings label{position:absolute;width:1px;height:1px;clip-path:inset(50%)}
    .probes>g:hover>path{visibility:visible}.probes:has(>g:hover)>g:not(:hover)>path{visibility:hidden!important}
    .pictures{list-style:none;margin:0 0 .4rem;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(12.2em,1fr));gap:.5rem .4rem;max-width:42rem;font:max(.68rem,12px)/1.4 var(--ui)}.pictures li{margin:0;display:flex;flex-direction:column;align-items:center;color:var(--soft);white-space:nowrap}.pictures img{width:5rem;height:auto;image-rendering:pixelated}

    """

  /// What ties each place of a drawing to what it says: the reading that is chosen shows its hairline, and the place under a pointer
  /// shows its reading. Pages without such drawings go without.
  static func readings(most: Int) -> String {
    let places = 1...most
    let chosen = places.map { ".plotbox:has(.readings>:nth-child(\($0)) :checked) .probes>:nth-child(\($0))>path" }
    let pointed = places.map { ".plotbox:has(.probes>:nth-child(\($0)):hover) .readings>:nth-child(\($0))" }
    return chosen.joined(separator: ",") + "{visibility:visible}\n" + pointed.joined(separator: ",")
      + "{position:static!important;width:auto!important;height:auto;clip-path:none!important;white-space:normal;color:var(--ink)}\n"
  }
}
