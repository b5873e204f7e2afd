/// The matrices of minimal filtering F(4×4, 3×3): the outputs of a tile d of 6×6 numbers and a filter g are
/// Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A.
enum WinogradMatrices {
  /// Bᵀ.
  static let input: [[Double]] = [
    [4, 0, -5, 0, 1, 0],
    [0, -4, -4, 1, 1, 0],
    [0, 4, -4, -1, 1, 0],
    [0, -2, -1, 2, 1, 0],
    [0, 2, -1, -2, 1, 0],
    [0, 4, 0, -5, 0, 1],
  ]
  /// G.
  static let filter: [[Double]] = [
    [1 / 4, 0, 0],
    [-1 / 6, -1 / 6, -1 / 6],
    [-1 / 6, 1 / 6, -1 / 6],
    [1 / 24, 1 / 12, 1 / 6],
    [1 / 24, -1 / 12, 1 / 6],
    [0, 0, 1],
  ]
  /// Aᵀ.
  static let output: [[Double]] = [
    [1, 1, 1, 1, 1, 0],
    [0, 1, -1, 2, -2, 0],
    [0, 1, 1, 4, 4, 0],
    [0, 1, -1, 8, -8, 1],
  ]

  static func transposed(_ matrix: [[Double]]) -> [[Double]] {
    matrix[0].indices.map { column in matrix.map { $0[column] } }
  }

  /// m d mᵀ, row by row, where `d` gives the number at a row and a column.
  static func transform(_ m: [[Double]], _ d: (_ row: Int, _ column: Int) -> Double) -> [Double] {
    m.flatMap { left in
      m.map { right in
        var sum = 0.0
        for row in left.indices {
          for column in right.indices { sum += left[row] * d(row, column) * right[column] }
        }
        return sum
      }
    }
  }
}
