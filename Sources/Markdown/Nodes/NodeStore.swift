/// All nodes of a document in one array, linked by index. Every operation takes constant time, or time for the nodes it moves.
struct NodeStore: Sendable {
  private(set) var nodes: [Node] = []

  subscript(id: NodeID) -> Node {
    get { nodes[Int(id.index)] }
    _modify { yield &nodes[Int(id.index)] }
  }

  mutating func reserve(_ count: Int) { nodes.reserveCapacity(count) }

  /// A new node that is linked to nothing.
  mutating func make(_ node: Node) -> NodeID {
    nodes.append(node)
    return NodeID(nodes.count - 1)
  }

  mutating func append(_ node: Node, to parent: NodeID) -> NodeID {
    let id = make(node)
    link(id, lastIn: parent)
    return id
  }

  /// Links a node that is linked to nothing as the last child of `parent`.
  mutating func link(_ id: NodeID, lastIn parent: NodeID) {
    link(id, between: self[parent].lastChild, .none, in: parent)
  }

  /// Links a node that is linked to nothing after its sibling `other`.
  mutating func link(_ id: NodeID, after other: NodeID) {
    link(id, between: other, self[other].next, in: self[other].parent)
  }

  /// Links a node that is linked to nothing before its sibling `other`.
  mutating func link(_ id: NodeID, before other: NodeID) {
    link(id, between: self[other].previous, other, in: self[other].parent)
  }

  private mutating func link(_ id: NodeID, between previous: NodeID, _ next: NodeID, in parent: NodeID) {
    self[id].parent = parent
    join(previous, id, in: parent)
    join(id, next, in: parent)
  }

  /// Makes two siblings neighbours. Where there is no first, the second is the first child of `parent`; where no second, the last.
  private mutating func join(_ previous: NodeID, _ next: NodeID, in parent: NodeID) {
    if previous.exists { self[previous].next = next } else if parent.exists { self[parent].firstChild = next }
    if next.exists { self[next].previous = previous } else if parent.exists { self[parent].lastChild = previous }
  }

  /// Takes a node, with its children, out of the tree.
  mutating func unlink(_ id: NodeID) {
    let node = self[id]
    join(node.previous, node.next, in: node.parent)
    self[id].parent = .none
    self[id].previous = .none
    self[id].next = .none
  }

  /// Moves the siblings from `first` up to, not including, `end` (or all that follow) into `parent`, which has no children.
  mutating func move(from first: NodeID, upTo end: NodeID, into parent: NodeID) {
    guard first.exists, first != end else { return }
    let before = self[first].previous
    let oldParent = self[first].parent
    let last = end.exists ? self[end].previous : self[oldParent].lastChild
    join(before, end, in: oldParent)
    join(.none, first, in: parent)
    join(last, .none, in: parent)
    var child = first
    while child.exists {
      self[child].parent = parent
      child = self[child].next
    }
  }

  /// The node that follows `id` in document order without entering its children, within `root`.
  func nodeAfter(_ id: NodeID, within root: NodeID) -> NodeID {
    var current = id
    while current.exists, current != root {
      if self[current].next.exists { return self[current].next }
      current = self[current].parent
    }
    return .none
  }

  /// The node that follows `id` in document order, its children first, within `root`.
  func successor(of id: NodeID, within root: NodeID) -> NodeID {
    let child = self[id].firstChild
    return child.exists ? child : nodeAfter(id, within: root)
  }
}
