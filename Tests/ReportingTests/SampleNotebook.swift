import NbrunFilePaths
import Foundation
import NbrunJSONValues
import NbrunNotebooks
import NbrunPlotting
import NbrunSteps

@testable import NbrunReporting
@testable import NbrunRunning

/// A notebook with a bit of everything, to be looked at.
enum SampleNotebook {
  static let source = #"""
    ---
    title: A CNN on CIFAR-10
    author: A. Reader
    description: Three layers reach {{ train.accuracy percent 1 }} on the validation images in ten epochs.
    seed: 231
    ---

    # A CNN on CIFAR-10

    Before a network learns, its gradient must be the gradient of its loss. Each parameter is nudged by ±*h*, and the centred
    difference is held against what backpropagation says. The largest disagreement is {{ race.error scientific 1 }}, and the fast
    layer is {{ race.speedup fixed 1 }} times faster than the naive one. See [the layers](conv_layers.md#forward) and
    [the specification](https://spec.commonmark.org/). A gone value: {{ nothing.here }}.

    ## The forward pass

    A convolution slides its filters over the padded image,

    $$y_{n,f,i,j} = b_f + \sum_{c,u,v} w_{f,c,u,v}\, x_{n,c,iS+u,jS+v}$$

    where $S$ is the stride. Some `inline code`, some **strong** and *stressed* words, and a footnote.[^1]

    ```nbrun
    step: conv-forward-example
    id: conv-forward
    stride: 2
    ```

    ### What it costs

    | layer | forward | backward |
    |:------|--------:|---------:|
    | naive | 40 ms   | 90 ms    |
    | fast  | 1 ms    | 3 ms     |

    ```nbrun
    step: race
    id: race
    layer: convolution
    ```

    > A quotation that says something memorable about convolutions and their many uses.

    - a list
    - of things
      1. nested
      2. twice

    ## Past 65 %

    Smaller filters, more of them, and ten epochs with a decaying learning rate.

    ```nbrun
    step: train
    id: train
    epochs: 10
    ```

    ```swift
    /// Doubles what is in `values`, in place.
    @inlinable public func double<Scalar: FloatingPoint>(_ values: inout [Scalar]) {
      for index in values.indices { values[index] *= 2.5e-1 }  // a quarter of twice that
      print("done with \(values.count) of #\(1_000)")
    }
    ```

    ```nbrun
    listing: Sources/Sample.swift#Sample
    ```

    ## A very long heading that goes on and on so that the table of contents has to wrap its line somewhere

    Closing words with a [dangerous link](javascript:alert(1)) and <b>raw html</b>.

    [^1]: The footnote's text, which explains what a footnote is.
    """#

  static let context = NotebookContext(
    hasFile: { _ in true },
    programSource: { _ in
      """
      /// A sample.
      struct Sample {
        /// Its value.
        var value: Int = 0x1F

        /* A comment. */
        func doubled() -> Int { value * 2 }
      }
      """
    }, programSources: { [] })

  static let notebook = NotebookParser.parse(source.utf8, path: "notebooks/cnn.md", context: context)

  /// A run in which all is well, with long output and a training curve.
  static let record: RunRecord = {
    var forward = Samples.forward
    forward.parameters["expected"] = .array(
      (0..<12).map { row in .array((0..<4).map { .number("\(Double(row * 4 + $0) / 10)") }) })
    forward.changedKeys.insert("expected")
    var record = Samples.record([forward, Samples.race, training()], title: notebook.title)
    record.notebook = notebook.path
    return record
  }()

  static func training(iterations: Int = 980) -> CellRecord {
    let losses = (0..<iterations).map { (index: Int) -> Double in
      let time = Double(index)
      return 0.6 + 1.7 / (1 + time / 90) + 0.1 * sin(time * time)
    }
    let training = (0...10).map { (epoch: Int) -> Double in 0.11 + 0.77 * (1 - exp(-Double(epoch) / 3)) }
    let validation = (0...10).map { (epoch: Int) -> Double in
      0.12 + 0.55 * (1 - exp(-Double(epoch) / 2)) - 0.006 * Double(max(0, epoch - 7))
    }
    var cell = Samples.training
    var output: [OutputItem] = []
    for index in stride(from: 0, to: iterations, by: 10) {
      output.append(.seriesLine("loss", "(Iteration \(index + 1) / \(iterations)) loss: \(losses[index])\n"))
    }
    output.append(
      .metric("accuracy", MetricLine(before: "best validation accuracy: ", after: "\n", format: .percent(1))))
    cell.parameters["learning-rate"] = .number("0.001")
    cell.outcome = .succeeded(
      CellResults(
        output: output, metrics: ["accuracy": .float(0.6694)], series: ["loss": losses.map { .double($0) }],
        figures: [
          FigureRecord(
            name: "curve",
            figure: Figure(
              title: "Loss and accuracy over ten epochs",
              panels: [
                Panel(
                  yAxis: .linear("loss"),
                  series: [
                    Series(
                      "loss", x: losses.indices.map { Double($0) / 98 }, y: losses, style: .points,
                      smoothing: .exponential(0.9))
                  ]),
                Panel(
                  yAxis: .percent("accuracy"),
                  series: [
                    Series("training", y: training), Series("validation", y: validation, mark: .maximum("best")),
                  ],
                  lines: [ReferenceLine(0.65, label: "claim: above 65 %")]),
              ], xAxis: .linear("epoch")),
            isVolatile: false, caption: "Loss of each minibatch, faint, and its smoothed course.")
        ],
        seconds: 211))
    return cell
  }

  static let place = ReportPlace(
    notebook: NotebookPlace(root: FilePath("/home"), name: FilePath("notebooks/cnn.md")),
    folder: FilePath("/home/outputs/cnn"))

  /// The same run with a training of a few iterations.
  static let shortRecord: RunRecord = {
    var short = record
    short.cells[2] = training(iterations: 40)
    return short
  }()

  static let shortReport = Report(record: shortRecord, notebook: notebook, plan: nil, place: place)

  static let report = Report(record: record, notebook: notebook, plan: nil, place: place)
}
