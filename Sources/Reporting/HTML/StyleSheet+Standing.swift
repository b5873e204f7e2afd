extension StyleSheet {
  /// How a report shows what became of its claims and cells: status, cards, contents, and what is folded away of a cell.
  static let standing = """
    .status.untested{color:var(--warn)}.troubles{font:.8rem/1.5 var(--ui);margin:.2rem 0;color:var(--soft)}
    .cards li.broken{background:var(--badwash)}.cards li.broken b,.cards .broken .claimed{color:var(--bad)}.cards li.not-tested{background:var(--warnwash)}.cards li.not-tested b,.cards .not-tested .claimed{color:var(--warn)}.cards .held .claimed,.cards .attested .claimed{color:var(--good)}.cards .broken .claimed{font-weight:600}
    .contents .trouble{color:var(--bad);font-weight:600;white-space:nowrap}.contents .trouble.not-run{color:var(--warn)}
    .v.missing a,.note a{color:inherit}
    .cell details.more{margin:.2rem 0 .3rem}.cell .more>summary{font-size:.72rem;color:var(--soft)}.provenance details{margin:.6rem 0}

    """
}
