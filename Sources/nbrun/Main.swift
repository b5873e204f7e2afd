import AssignmentSteps
import CommandLineInterface

@main
enum Main {
  static func main() {
    print("nbrun")
  }
}
