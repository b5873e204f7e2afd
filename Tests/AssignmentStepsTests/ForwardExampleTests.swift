import NbrunSteps
import Testing

/// The worked examples whose output the assignment gives.
struct ForwardExampleTests {
  static let convolution = """
    [[[[-0.08759809, -0.10987781], [-0.18387192, -0.2109216 ]],
      [[ 0.21027089,  0.21661097], [ 0.22847626,  0.23004637]],
      [[ 0.50813986,  0.54309974], [ 0.64082444,  0.67101435]]],
     [[[-0.98053589, -1.03143541], [-1.19128892, -1.24695841]],
      [[ 0.69108355,  0.66880383], [ 0.59480972,  0.56776003]],
      [[ 2.36270298,  2.36904306], [ 2.38090835,  2.38247847]]]]
    """

  static let pooling = """
    [[[[-0.26315789, -0.24842105], [-0.20421053, -0.18947368]],
      [[-0.14526316, -0.13052632], [-0.08631579, -0.07157895]],
      [[-0.02736842, -0.01263158], [ 0.03157895,  0.04631579]]],
     [[[ 0.09052632,  0.10526316], [ 0.14947368,  0.16421053]],
      [[ 0.20842105,  0.22315789], [ 0.26736842,  0.28210526]],
      [[ 0.32631579,  0.34105263], [ 0.38526316,  0.4       ]]]]
    """

  @Test(
    arguments: [
      ("convolution-forward-example", convolution, 2.2121476417505994e-08),
      ("max-pool-forward-example", pooling, 4.1666665157267834e-08),
    ] as [(StepName, String, Double)])
  func sevenDigits(name: StepName, expected: String, difference: Double) throws {
    let run = try StepRun(name, ["expected": expected])
    #expect(abs(run["difference"] / difference - 1) < 5e-8)
    run.expectDeclared()
  }

  @Test func rectangularWindowsThatOverlap() throws {
    // Eight numbers from 0 to 7 in two rows; windows one high and three wide, one apart.
    let run = try StepRun(
      "max-pool-forward-example",
      [
        "input-shape": "[1, 1, 2, 4]", "input-range": "[0, 7]", "pool-size": "[1, 3]", "stride": "1",
        "expected": "[[[[2, 3], [6, 7]]]]",
      ])
    #expect(run["difference"] == 0)
  }

  @Test(
    arguments: [
      ("convolution-forward-example", ["filter-shape": "[3, 2, 4, 4]"], "filter-shape"),
      ("convolution-forward-example", ["filter-shape": "[3, 3, 7, 4]"], "filter-shape"),
      ("convolution-forward-example", ["stride": "1"], "expected"),
      ("convolution-forward-example", ["expected": "[[[[1, 2], [3]]]]"], "expected"),
      ("convolution-forward-example", ["input-shape": "[9000000000000000000, 3, 4, 4]"], "input-shape"),
      ("convolution-forward-example", ["input-shape": "[100000, 3, 1000, 1000]"], "input-shape"),
      ("max-pool-forward-example", ["pool-size": "5"], "pool-size"),
      ("max-pool-forward-example", ["stride": "1"], "expected"),
    ] as [(StepName, [String: String], String)])
  func shapesThatDoNotMeet(name: StepName, values: [String: String], key: String) throws {
    let expected = name == "convolution-forward-example" ? Self.convolution : Self.pooling
    let values = ["expected": expected].merging(values) { $1 }
    #expect(try mistake(name, values)?.key == key)
  }

  @Test(arguments: ["0", "[2]x", "[1, 2, 3]", "[]", "[0, 2]", "\"2\"", "1.5"])
  func sizesThatAreNone(text: String) throws {
    #expect(throws: ValueError.self) {
      try StepRun("max-pool-forward-example", ["expected": Self.pooling, "pool-size": text])
    }
  }
}
