/// What commands stand for, by what they are in TeX. Lists are names, each with what it stands for after it.
enum MathSymbols {
  /// Greek letters and other identifiers; capital Greek letters stand upright.
  static let identifiers = """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ
    lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
    chi χ psi ψ omega ω digamma ϝ ell ℓ imath ı jmath ȷ hbar ℏ hslash ℏ varGamma Γ varDelta Δ varTheta Θ varLambda Λ
    varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ varOmega Ω
    """

  static let uprightIdentifiers = """
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω Alpha Α Beta Β Epsilon Ε Zeta Ζ
    Eta Η Iota Ι Kappa Κ Mu Μ Nu Ν Omicron Ο Rho Ρ Tau Τ Chi Χ
    infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ aleph ℵ beth ℶ gimel ℷ daleth ℸ Re ℜ Im ℑ wp ℘ forall ∀ exists ∃
    nexists ∄ top ⊤ bot ⊥ angle ∠ measuredangle ∡ sphericalangle ∢ triangle △ triangledown ▽ blacktriangle ▲
    blacktriangledown ▼ square □ Box □ blacksquare ■ Diamond ◇ lozenge ◊ blacklozenge ⧫ bigstar ★ degree ° prime ′
    backprime ‵ complement ∁ eth ð mho ℧ Finv Ⅎ Game ⅁ Bbbk 𝕜 surd √ checkmark ✓ S § P ¶ pounds £ euro € yen ¥
    copyright © circledR ® maltese ✠ flat ♭ natural ♮ sharp ♯ heartsuit ♡ spadesuit ♠ clubsuit ♣ diamondsuit ♢ # # % %
    & & $ $ _ _
    """

  static let byClass: [(names: String, kind: MathClass)] = [
    (binary, .binary), (relations, .relation), ("vdots ⋮ neg ¬ lnot ¬ diagup ╱ diagdown ╲", .ordinary),
    ("ldots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ ddots ⋱ iddots ⋰", .inner),
    ("colon : cdotp · ldotp .", .punctuation),
  ]

  private static let binary = """
    times × div ÷ cdot ⋅ centerdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ bigcirc ◯ diamond ⋄ pm ± mp ∓ dotplus ∔ cap ∩ cup ∪
    Cap ⋒ Cup ⋓ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ barwedge ⊼ veebar ⊻ curlyvee ⋎ curlywedge ⋏
    oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ circledast ⊛ circledcirc ⊚ circleddash ⊝ boxplus ⊞ boxminus ⊟ boxtimes ⊠
    boxdot ⊡ setminus ∖ smallsetminus ∖ wr ≀ amalg ⨿ ltimes ⋉ rtimes ⋊ leftthreetimes ⋋ rightthreetimes ⋌
    divideontimes ⋇ intercal ⊺ dagger † ddagger ‡ triangleleft ◃ triangleright ▹ bigtriangleup △ bigtriangledown ▽
    lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵
    """

  private static let relations = """
    leq ≤ le ≤ geq ≥ ge ≥ lt < gt > neq ≠ ne ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙ leqq ≦ geqq ≧ leqslant ⩽ geqslant ⩾ lesssim ≲
    gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷ lessdot ⋖ gtrdot ⋗ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ lneq ⪇
    gneq ⪈ lneqq ≨ gneqq ≩ approx ≈ approxeq ≊ thickapprox ≈ sim ∼ thicksim ∼ backsim ∽ nsim ≁ simeq ≃ eqsim ≂ cong ≅
    ncong ≇ equiv ≡ propto ∝ varpropto ∝ asymp ≍ doteq ≐ doteqdot ≑ Doteq ≑ circeq ≗ eqcirc ≖ bumpeq ≏ Bumpeq ≎
    triangleq ≜ coloneqq ≔ eqqcolon ≕ vcentcolon : prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ precsim ≾
    succsim ≿ precapprox ⪷ succapprox ⪸ nprec ⊀ nsucc ⊁ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subseteqq ⫅
    supseteqq ⫆ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉ Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑
    sqsupseteq ⊒ in ∈ ni ∋ owns ∋ notin ∉ mid ∣ shortmid ∣ nmid ∤ parallel ∥ shortparallel ∥ nparallel ∦ perp ⊥ vdash ⊢
    dashv ⊣ nvdash ⊬ models ⊨ vDash ⊨ nvDash ⊭ Vdash ⊩ Vvdash ⊪ bowtie ⋈ Join ⋈ smile ⌣ frown ⌢ between ≬ pitchfork ⋔
    vartriangle △ vartriangleleft ⊲ vartriangleright ⊳ trianglelefteq ⊴ trianglerighteq ⊵ blacktriangleleft ◀
    blacktriangleright ▶ therefore ∴ because ∵
    to → rightarrow → leftarrow ← gets ← uparrow ↑ downarrow ↓ updownarrow ↕ leftrightarrow ↔ mapsto ↦
    Rightarrow ⇒ Leftarrow ⇐ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ Leftrightarrow ⇔ implies ⟹ impliedby ⟸ iff ⟺
    longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺
    longmapsto ⟼ nrightarrow ↛ nleftarrow ↚ nleftrightarrow ↮ nRightarrow ⇏ nLeftarrow ⇍ nLeftrightarrow ⇎
    hookrightarrow ↪ hookleftarrow ↩ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ rightharpoondown ⇁
    leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ upharpoonright ↾ restriction ↾
    upharpoonleft ↿ downharpoonright ⇂ downharpoonleft ⇃ leadsto ⇝ rightsquigarrow ⇝ leftrightsquigarrow ↭ multimap ⊸
    twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢ curvearrowright ↷ curvearrowleft ↶
    circlearrowright ↻ circlearrowleft ↺ dashrightarrow ⇢ dashleftarrow ⇠ rightleftarrows ⇄ leftrightarrows ⇆
    rightrightarrows ⇉ leftleftarrows ⇇ upuparrows ⇈ downdownarrows ⇊ Rrightarrow ⇛ Lleftarrow ⇚
    """

  /// Operators that are larger in display, with their limits above and below there.
  static let large = """
    sum ∑ prod ∏ coprod ∐ bigcap ⋂ bigcup ⋃ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄
    """

  /// Integrals keep their limits beside them.
  static let integrals = "int ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰"

  /// Delimiters, by themselves or after `\left`, `\right` and `\big`.
  static let delimiters: [(names: String, kind: MathClass)] = [
    (
      "lbrace { { { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrack [ lgroup ⟮ lmoustache ⎰ ulcorner ⌜ llcorner ⌞",
      .opening
    ),
    (
      "rbrace } } } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrack ] rgroup ⟯ rmoustache ⎱ urcorner ⌝ lrcorner ⌟",
      .closing
    ), ("vert | Vert ‖ | ‖ backslash \\", .ordinary),
  ]

  /// Named functions, set upright.
  static let functions = """
    sin cos tan cot sec csc arcsin arccos arctan arcctg arctg sinh cosh tanh coth sh ch th cth tg ctg cotg cosec log ln
    lg exp dim ker deg arg hom
    """

  /// Those that take limits below them in display.
  static let limitFunctions: [String: String] = [
    "lim": "lim", "limsup": "lim sup", "liminf": "lim inf", "injlim": "inj lim", "projlim": "proj lim", "max": "max",
    "min": "min", "sup": "sup", "inf": "inf", "det": "det", "gcd": "gcd", "Pr": "Pr",
  ]

  /// Arrows as long as what stands over them.
  static let arrows = """
    xrightarrow → xleftarrow ← xleftrightarrow ↔ xRightarrow ⇒ xLeftarrow ⇐ xLeftrightarrow ⇔ xmapsto ↦
    xhookrightarrow ↪ xhookleftarrow ↩ xrightharpoonup ⇀ xrightharpoondown ⇁ xleftharpoonup ↼ xleftharpoondown ↽
    xrightleftharpoons ⇌ xleftrightharpoons ⇋ xtwoheadrightarrow ↠ xtwoheadleftarrow ↞ xlongequal =
    """

  /// Accents over one expression.
  static let accents: [(name: String, mark: MathOperator)] =
    [
      ("hat", "ˆ"), ("bar", "¯"), ("tilde", "\u{2DC}"), ("dot", "˙"), ("ddot", "¨"), ("dddot", "\u{20DB}"),
      ("ddddot", "\u{20DC}"), ("acute", "´"), ("grave", "`"), ("check", "ˇ"), ("breve", "˘"), ("mathring", "˚"),
    ].map { ($0, MathOperator(text: $1, isStretchy: false)) }
    + [
      ("vec", "\u{20D7}"), ("widehat", "\u{302}"), ("widetilde", "\u{303}"), ("widecheck", "\u{30C}"),
      ("overrightarrow", "→"), ("overleftarrow", "←"), ("overleftrightarrow", "↔"), ("overrightharpoon", "⇀"),
      ("overparen", "⏜"), ("overbracket", "⎴"),
      // The one bar that all mathematical fonts can stretch.
      ("overline", "\u{332}"),
    ].map { ($0, MathOperator(text: $1, isStretchy: true)) }

  static let accentsUnder: [(name: String, mark: MathOperator)] = [
    ("underline", "\u{332}"), ("underrightarrow", "→"), ("underleftarrow", "←"), ("underleftrightarrow", "↔"),
    ("underparen", "⏝"), ("underbracket", "⎵"),
  ].map { ($0, MathOperator(text: $1, isStretchy: true)) }

  /// Braces, whose scripts stand over and under them.
  static let braces: [(name: String, mark: MathOperator, isUnder: Bool)] = [
    ("overbrace", MathOperator(text: "⏞", isStretchy: true), false),
    ("underbrace", MathOperator(text: "⏟", isStretchy: true), true),
  ]

  /// Spaces in em.
  static let spaces: [String: Double] = [
    ",": 1 / 6.0, "thinspace": 1 / 6.0, ":": 2 / 9.0, ">": 2 / 9.0, "medspace": 2 / 9.0, ";": 5 / 18.0,
    "thickspace": 5 / 18.0, "!": -1 / 6.0, "negthinspace": -1 / 6.0, "negmedspace": -2 / 9.0,
    "negthickspace": -5 / 18.0, " ": 0.25, "\n": 0.25, "\t": 0.25, "space": 0.25, "nobreakspace": 0.25,
    "enspace": 0.5, "enskip": 0.5, "quad": 1, "qquad": 2,
  ]

  /// Relations with a stroke through them.
  static let negated: [String: String] = [
    "=": "≠", "<": "≮", ">": "≯", "∈": "∉", "∋": "∌", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈", "⊇": "⊉", "≡": "≢", "∼": "≁",
    "≈": "≉", "≅": "≇", "≤": "≰", "≥": "≱", "∣": "∤", "∥": "∦", "→": "↛", "∃": "∄",
  ]

  /// The names of colours (CSS Color Module Level 4, 6.1), among them all that LaTeX knows by itself.
  static let colours: Set<String> = Set(
    MathCommand.words(
      """
      aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue
      chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen
      darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue
      darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite
      forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo
      ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray
      lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue
      lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen
      mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite
      navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip
      peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen
      seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise
      violet wheat white whitesmoke yellow yellowgreen
      """))
}
