extension StyleSheet {
  /// How a report shows what became of its claims and cells: status, cards, contents, and what is folded away of a cell.
  static let verdicts = """
    .status.untested{color:var(--warn)}.troubles{font:.8rem/1.5 var(--ui);margin:.2rem 0;color:var(--soft)}
    .cards li.broken{background:var(--badwash)}.cards li.broken b,.cards .broken .claimed{color:var(--bad)}.cards li.not-tested{background:var(--warnwash)}.cards li.not-tested b,.cards .not-tested .claimed{color:var(--warn)}.cards .held .claimed,.cards .attested .claimed{color:var(--good)}.cards .broken .claimed{font-weight:600}
    .contents .trouble{color:var(--bad);font-weight:600;white-space:nowrap}.contents .trouble.not-run{color:var(--warn)}
    .ways{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;font:.78rem/1.6 var(--ui);margin:0 0 1.2rem}.provenance+.ways{margin:1.6rem 0 0}.ways a{text-decoration:none}.ways a:hover{text-decoration:underline}.ways .next{margin-inline-start:auto}
    .v.missing a,p.note a{color:inherit}
    .folds{display:flex;flex-wrap:wrap;gap:0 1.1rem;margin:.3rem 0}.folds:empty{display:none}.cell .folds>details{margin:0;min-width:0}.folds>details>summary{font-size:.75rem;color:var(--soft)}.folds>[open]{flex-basis:100%}.provenance details{margin:.2rem 0}

    """
}
