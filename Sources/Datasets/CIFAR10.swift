/// CIFAR-10 as the course uses it: labelled 32×32 colour images of ten classes, split in three, and the training images' mean.
///
/// A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
package struct CIFAR10: Sendable {
  /// The name that steps and the command line know it by.
  package static let name = "cifar-10"

  /// The classes, in the order of their labels.
  package static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  /// The images that networks are trained with: the first 49,000 of the training files.
  package let training: LabelledImages
  /// The images that training is watched with: the remaining 1,000 of the training files.
  package let validation: LabelledImages
  /// The first 1,000 images of the test file.
  package let test: LabelledImages
  /// The mean of the training images: 3×32×32, pixels from 0 to 255.
  package let meanImage: [Double]
  /// Whether these are not the real images but generated ones in their place.
  package let isStandIn: Bool

  init(_ trainingRecords: ImageRecords, _ testRecords: ImageRecords, layout: CIFAR10Layout, isStandIn: Bool) {
    let validationEnd = layout.trainingCount + layout.validationCount
    training = LabelledImages(trainingRecords, 0..<layout.trainingCount)
    validation = LabelledImages(trainingRecords, layout.trainingCount..<validationEnd)
    test = LabelledImages(testRecords, 0..<layout.testCount)
    meanImage = training.mean()
    self.isStandIn = isStandIn
  }

  /// Maps the files in the folder at the path `folder`. Throws if one is missing, has another size than its records add up to, or
  /// a label that is no class.
  package init(folder: String, layout: CIFAR10Layout = .standard) throws(DatasetError) {
    func records(_ names: [String]) throws(DatasetError) -> ImageRecords {
      try .mapping(names.map { folder + "/" + $0 }, recordsPerFile: layout.recordsPerFile)
    }
    self.init(
      try records(CIFAR10Layout.trainingFiles), try records([CIFAR10Layout.testFile]), layout: layout, isStandIn: false)
  }
}
