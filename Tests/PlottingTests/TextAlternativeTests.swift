import NbrunPlotting
import Testing

struct TextAlternativeTests {
  private static func text(_ values: [Double], mark: Series.Mark? = nil, yAxis: Axis = .linear("loss")) -> String {
    Figure(title: "", series: [Series("training", y: values, mark: mark)], xAxis: .linear("epoch"), yAxis: yAxis)
      .textAlternative
  }

  @Test(
    "a series is told by its course",
    arguments: [
      ([2.3, 1, 0.62], "Training loss falls from 2.3 to 0.62 by epoch 2."),
      ([0.11, 0.4, 0.67], "Training loss rises from 0.11 to 0.67 by epoch 2."),
      ([1, 5, 0, 1.1], "Training loss goes from 1 to 1.1, between 0 and 5."),
      ([2, 2, 2], "Training loss stays at 2."), ([2], "Training loss is 2 at epoch 0."), ([], "No data."),
      ([.nan], "Training loss has no value that can be shown."),
      (
        [3, .nan, 1],
        "Training loss falls from 3 to 1 by epoch 2; one value of 3 cannot be shown, the first at epoch 1."
      ),
    ])
  func course(values: [Double], text: String) {
    #expect(Self.text(values) == text)
  }

  @Test(
    "a marked point is told with its place",
    arguments: [
      ([0.11, 0.67, 0.65], "Training accuracy rises from 11 % to 67 % at epoch 1 and ends at 65 %."),
      ([0.11, 0.65, 0.67], "Training accuracy rises from 11 % to 67 % by epoch 2."),
    ])
  func mark(values: [Double], text: String) {
    #expect(Self.text(values, mark: .maximum("best"), yAxis: .percent("accuracy")) == text)
  }
}
