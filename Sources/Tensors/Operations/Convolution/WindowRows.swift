/// How the rows of filters, outputs and image meet: row i of a filter meets, for row y of the output, row
/// y·stride + i − topPadding of the image, which is padding where there is no such row.
struct WindowRows {
  let filterHeight: Int
  let outputHeight: Int
  let imageHeight: Int
  let stride: Int
  let topPadding: Int

  /// Which rows of a filter meet the image in row `outputRow` of the output.
  func filterRows(outputRow: Int) -> Range<Int> {
    let top = outputRow * stride - topPadding
    let first = min(max(-top, 0), filterHeight)
    return first..<max(first, min(filterHeight, imageHeight - top))
  }

  /// In which rows of the output row `filterRow` of a filter meets the image.
  func outputRows(filterRow: Int) -> Range<Int> {
    let offset = topPadding - filterRow
    let first = min(max((offset + stride - 1) / stride, 0), outputHeight)
    return first..<max(first, min(outputHeight, (imageHeight + offset + stride - 1) / stride))
  }
}
