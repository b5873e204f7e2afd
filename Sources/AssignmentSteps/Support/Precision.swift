import NbrunSteps

/// The numbers that a cell computes with.
enum Precision: String, ChoiceParameter {
  case float32
  case float64
}
