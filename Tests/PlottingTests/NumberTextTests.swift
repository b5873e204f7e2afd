import Testing

@testable import NbrunPlotting

struct NumberTextTests {
  @Test(
    "fixed decimals are rounded to the nearest, without a negative zero",
    arguments: [
      (2.345, 1, "2.3"), (2.36, 1, "2.4"), (0, 2, "0.00"), (-0.004, 2, "0.00"), (-1.5, 0, "-2"), (2.5, 0, "2"),
      (0.05, 1, "0.1"),
      (99.96, 1, "100.0"), (1e20, 2, "1e+20"), (.nan, 1, "NaN"), (-.infinity, 1, "-infinity"), (0.999, 3, "0.999"),
    ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals) == text)
  }

  @Test(
    "significant digits, thousands and exponents",
    arguments: [
      (0, "0"), (5, "5"), (2.3, "2.3"), (0.6237, "0.624"), (0.0313, "0.0313"), (1234.5, "1234"), (1235.5, "1236"),
      (49000, "49,000"),
      (12345.6, "12,346"), (8_200_000, "8,200,000"), (8.2e7, "8.2e+07"), (2.3147e-06, "2.31e-06"), (-0.5, "-0.5"),
      (0.0009, "9e-04"), (9.996, "10"), (0.09996, "0.1"), (1.7e308, "1.7e+308"),
      (-49000, "-49,000"), (.nan, "NaN"), (.infinity, "infinity"),
    ])
  func short(value: Double, text: String) {
    #expect(NumberText.short(value) == text)
  }

  @Test(
    "values carry their axis' unit or percent sign",
    arguments: [
      (Axis.percent("accuracy"), 0.6694, "66.9 %"), (.percent("accuracy"), 0.11, "11 %"),
      (.percent("accuracy"), .nan, "NaN"),
      (.linear("time", unit: "ms"), 2.1, "2.1 ms"), (.linear("loss"), 2.302585, "2.3"),
    ])
  func withUnit(axis: Axis, value: Double, text: String) {
    #expect(axis.text(value) == text)
  }
}
