import NbrunNumberTexts
import NbrunSteps
import Testing

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (NumberFormat.shortest, MetricValue.double(2.2121476417505994e-08), "2.2121476417505994e-08"),
    (.shortest, .float(0.1), "0.1"),
    (.shortest, .integer(12), "12"),
    (.shortest, .double(.nan), "nan"),
    (.fixed(1), .double(12.34), "12.3"),
    (.fixed(2), .integer(3), "3.00"),
    (.fixed(-4), .double(2.5), "2"),
    (.percent(1), .double(0.6694), "66.9 %"),
    (.percent(0), .double(0.99999), "> 99 %"), (.percent(1), .double(0.9996), "> 99.9 %"),
    (.percent(1), .double(0.9994), "99.9 %"), (.percent(1), .double(1), "100.0 %"), (.percent(0), .integer(1), "100 %"),
    (.percent(1), .double(0.0004), "< 0.1 %"), (.percent(1), .double(0), "0.0 %"),
    (.percent(0), .double(1e-300), "< 1 %"),
    (.percent(1), .double(-0.0001), "-0.0 %"), (.percent(0), .double(1.004), "100 %"),
    (.percent(60), .double(1.nextDown), "\(pythonFixed(100 * 1.0.nextDown, decimals: 60)) %"),
    (.scientific(2), .double(0.000123456), "1.23e-04"),
    (.fixed(2), .double(-.infinity), "-inf"),
  ])
  func numbersAreWritten(_ format: NumberFormat, _ value: MetricValue, _ text: String) {
    #expect(format.text(value) == text)
  }

  @Test(arguments: [NumberFormat.shortest, .fixed(0), .percent(1), .scientific(12)])
  func formatsAreReadBack(_ format: NumberFormat) {
    #expect(NumberFormat(format.description) == format)
  }

  @Test(arguments: ["", "fixed", "fixed x", "fixed -1", "fixed  1", "fixed 61", "round 1", "shortest 1"])
  func otherTextIsNoFormat(_ text: String) {
    #expect(NumberFormat(text) == nil)
  }
}
