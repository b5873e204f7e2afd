extension StyleSheet {
  /// How a page looks on paper.
  ///
  /// Nothing there can be unfolded, so what is folded on a screen is either opened (listings, long parameters, output of a page or
  /// two) or named with the file that has it. Backgrounds are not printed: lines take their place.
  static let print = """
    @media print{
    @page{margin:17mm 16mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#59626c}}
    html{font-size:10pt}body{display:block}main{padding:0}main>:is(p,ul,ol,dl,blockquote){max-width:none}
    nav.contents,details.contents,.ways,.skip,.anchor,.tools,.smoothing,.readings,.close,.source,.opened>summary{display:none}.listing .opened>summary{display:block;list-style:none}.cell .id::after{content:none}.folds>.opened{flex-basis:100%}
    .opened::details-content{content-visibility:visible}.params .opened>summary{display:block}.params .opened>summary>*{display:none}
    .left-out>summary::marker{content:""}.left-out>summary::after{content:" (left out on paper; report.html and results.json hold all of it)"}.left-out>summary{color:var(--soft);font-style:italic}
    .probes path{visibility:hidden!important}
    pre,.code,.output,.scroll{background:none;overflow:visible}
    pre,.output pre{white-space:pre-wrap;overflow-wrap:anywhere;width:auto;min-width:0}
    pre{border-left:2px solid var(--rule);border-radius:0;padding:.1rem 0 .1rem .8rem}.output{padding:0;border-left:2px solid var(--rule);border-radius:0}.output pre{border:0;padding:0 0 0 .8rem}.output details>summary{padding:.15rem .8rem;position:static}
    :not(pre)>code{background:none;padding:0}
    figure:not(.listing),.params,.failure,.cards,.notebooks li,tr,math[display=block],.banner{break-inside:avoid}thead{display:table-header-group}
    h1,h2,h3,h4,.cell>header,.cell>.params,.listing :is(figcaption,summary),caption,.output summary,.alert-title{break-after:avoid}.scroll>table+.anchor,figcaption{break-before:avoid}h2{margin-top:2rem}p,li,pre{orphans:3;widows:3}
    svg.plot{max-width:13cm}.pictures{grid-template-columns:repeat(4,1fr);max-width:none}
    a{color:inherit;text-decoration:none}main a[href^=http]:not(.shown)::after{content:" (" attr(href) ")";font:.75em var(--mono);color:var(--soft);overflow-wrap:anywhere}
    .provenance{margin-top:2rem}}

    """
}
