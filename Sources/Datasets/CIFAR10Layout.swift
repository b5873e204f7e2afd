/// How CIFAR-10 lies in its files and how it is split, as the course does it.
///
/// A record is a byte for the label and 3,072 for the pixels: the 32×32 red ones in row-major order, then green, then blue.
/// Source: <https://www.cs.toronto.edu/~kriz/cifar.html>, "binary version".
package struct CIFAR10Layout: Sendable, Hashable {
  /// The colours of a pixel.
  package static let channelCount = 3
  /// The width and height of an image in pixels.
  package static let side = 32
  /// The bytes of an image: 3×32×32.
  package static let pixelCount = channelCount * side * side
  /// The bytes of a record: the label and the image.
  package static let recordSize = 1 + pixelCount

  package var recordsPerFile: Int
  /// The images, counted from the first of the first file, that networks are trained with. The rest of the training files is
  /// for validation.
  package var trainingCount: Int
  /// The images of the test file, from its first, that are used.
  package var testCount: Int

  /// A layout like the dataset's with other counts.
  package init(recordsPerFile: Int, trainingCount: Int, testCount: Int) {
    let available = Self.trainingFiles.count * recordsPerFile
    guard 0...available ~= trainingCount && 0...recordsPerFile ~= testCount else {
      fatalError(
        "files of \(recordsPerFile) records do not have \(trainingCount) training and \(testCount) test images")
    }
    self.recordsPerFile = recordsPerFile
    self.trainingCount = trainingCount
    self.testCount = testCount
  }

  /// The dataset's own: 49,000 training, 1,000 validation and 1,000 test images out of files of 10,000.
  package static let standard = CIFAR10Layout(recordsPerFile: 10_000, trainingCount: 49_000, testCount: 1_000)

  /// The training files, in order.
  package static let trainingFiles = (1...5).map { "data_batch_\($0).bin" }
  package static let testFile = "test_batch.bin"
  /// All files that are read, in order.
  package static let files = trainingFiles + [testFile]
  /// The folder that the authors' archive has the files in.
  package static let folder = "cifar-10-batches-bin"

  /// The bytes of each file.
  package var fileSize: Int { recordsPerFile * Self.recordSize }
  /// The images in the training files that are for validation.
  package var validationCount: Int { Self.trainingFiles.count * recordsPerFile - trainingCount }
}
