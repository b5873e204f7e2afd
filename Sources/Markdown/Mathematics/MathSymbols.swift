/// What commands stand for, by what they are in TeX.
enum MathSymbols {
  /// Greek letters and other identifiers; capital Greek letters stand upright.
  static let identifiers = table(
    """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ
    lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
    chi χ psi ψ omega ω digamma ϝ ell ℓ imath ı jmath ȷ hbar ℏ hslash ℏ
    """)

  static let uprightIdentifiers = table(
    """
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ aleph ℵ beth ℶ Re ℜ Im ℑ wp ℘ forall ∀ exists ∃ nexists ∄
    top ⊤ bot ⊥ angle ∠ triangle △ square □ Box □ blacksquare ■ diamond ⋄ star ⋆ degree ° prime ′ complement ∁
    checkmark ✓ dagger † ddagger ‡ S § P ¶ pounds £ euro € flat ♭ natural ♮ sharp ♯ heartsuit ♡ spadesuit ♠
    clubsuit ♣ diamondsuit ♢ # # % % & & $ $ _ _
    """)

  static let binary = table(
    """
    times × div ÷ cdot ⋅ ast ∗ circ ∘ bullet ∙ pm ± mp ∓ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧
    land ∧ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ setminus ∖ smallsetminus ∖ wr ≀ amalg ⨿ ltimes ⋉ rtimes ⋊
    """)

  static let relations = table(
    """
    leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ asymp ≍
    doteq ≐ triangleq ≜ coloneqq ≔ prec ≺ succ ≻ preceq ⪯ succeq ⪰ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇
    subsetneq ⊊ supsetneq ⊋ in ∈ ni ∋ notin ∉ mid ∣ nmid ∤ parallel ∥ perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨
    leqslant ⩽ geqslant ⩾ lesssim ≲ gtrsim ≳ bowtie ⋈ smile ⌣ frown ⌢
    to → rightarrow → leftarrow ← gets ← uparrow ↑ downarrow ↓ updownarrow ↕ leftrightarrow ↔ mapsto ↦
    Rightarrow ⇒ Leftarrow ⇐ Uparrow ⇑ Downarrow ⇓ Leftrightarrow ⇔ implies ⟹ impliedby ⟸ iff ⟺
    longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ longmapsto ⟼
    hookrightarrow ↪ hookleftarrow ↩ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ leftharpoonup ↼
    rightleftharpoons ⇌ leadsto ⇝ colon : therefore ∴ because ∵
    """)

  /// Symbols without space around them.
  static let ordinary = table(
    "ldots … dots … dotsc … cdots ⋯ dotsb ⋯ dotsm ⋯ vdots ⋮ ddots ⋱ neg ¬ lnot ¬ backslash \\")

  /// Operators that are larger in display, with their limits above and below there.
  static let large = table(
    """
    sum ∑ prod ∏ coprod ∐ bigcap ⋂ bigcup ⋃ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄
    """)

  /// Integrals keep their limits beside them.
  static let integrals = table("int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯")

  /// Delimiters, by themselves or after `\left`, `\right` and `\big`.
  static let opening = table("lbrace { { { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrack [ lgroup ⟮ ulcorner ⌜")
  static let closing = table("rbrace } } } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrack ] rgroup ⟯ urcorner ⌝")
  static let bars = table("vert | Vert ‖ | ‖")

  /// Named functions, set upright.
  static let functions: Set<String> = [
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "log", "ln",
    "lg", "exp", "dim", "ker", "deg", "arg", "hom",
  ]

  /// Those that take limits below them in display.
  static let limitFunctions: [String: String] = [
    "lim": "lim", "limsup": "lim sup", "liminf": "lim inf", "max": "max", "min": "min", "sup": "sup", "inf": "inf",
    "det": "det", "gcd": "gcd", "Pr": "Pr", "argmax": "arg max", "argmin": "arg min",
  ]

  /// Accents over one expression, and whether they stretch.
  static let accents: [String: (mark: String, isStretchy: Bool)] = [
    "hat": ("ˆ", false), "bar": ("¯", false), "tilde": ("\u{2DC}", false), "vec": ("\u{20D7}", true),
    "dot": ("˙", false), "ddot": ("¨", false), "dddot": ("\u{20DB}", false), "acute": ("´", false),
    "grave": ("`", false), "check": ("ˇ", false), "breve": ("˘", false), "mathring": ("˚", false),
    "widehat": ("\u{302}", true), "widetilde": ("\u{303}", true), "overrightarrow": ("→", true),
    "overleftarrow": ("←", true), "overleftrightarrow": ("↔", true),
    // The one bar that all mathematical fonts can stretch.
    "overline": ("\u{332}", true),
  ]

  /// Spaces in em.
  static let spaces: [String: Double] = [
    ",": 1 / 6.0, "thinspace": 1 / 6.0, ":": 2 / 9.0, ">": 2 / 9.0, "medspace": 2 / 9.0, ";": 5 / 18.0,
    "thickspace": 5 / 18.0, "!": -1 / 6.0, "negthinspace": -1 / 6.0, " ": 0.25, "\n": 0.25, "\t": 0.25, "enspace": 0.5,
    "quad": 1, "qquad": 2,
  ]

  /// Relations with a stroke through them.
  static let negated: [String: String] = [
    "=": "≠", "<": "≮", ">": "≯", "∈": "∉", "∋": "∌", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈", "⊇": "⊉", "≡": "≢", "∼": "≁",
    "≈": "≉", "≅": "≇", "≤": "≰", "≥": "≱", "∣": "∤", "∥": "∦", "→": "↛", "∃": "∄",
  ]

  /// All commands, for suggestions.
  static let allNames: [String] = {
    var names: [String] = []
    for table in [identifiers, uprightIdentifiers, binary, relations, ordinary, large, integrals, opening, closing] {
      names.append(contentsOf: table.keys)
    }
    names.append(contentsOf: functions)
    names.append(contentsOf: limitFunctions.keys)
    names.append(contentsOf: accents.keys)
    return names.filter { $0.utf8.count > 2 }.sorted()
  }()

  private static func table(_ source: String) -> [String: String] {
    let words = source.split { $0 == " " || $0 == "\n" }
    var table: [String: String] = [:]
    for index in stride(from: 0, to: words.count - 1, by: 2) { table[String(words[index])] = String(words[index + 1]) }
    return table
  }
}
