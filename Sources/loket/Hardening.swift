import Foundation
import ProcessHardening

/// What the program does before anything else: nothing of a person leaves it by the way.
enum Hardening {
    /// Ends the program where it would not be safe to go on.
    static func apply() {
        do throws(ProcessHardening.Refusal) {
            // A laptop's swap area outlives the day; what is left of this program in it would be a person's.
            try ProcessHardening.apply(locking: .whole)
        } catch {
            FileHandle.standardError.write(Data("loket: not started: \(error.rawValue)\n".utf8))
            exit(EXIT_FAILURE)
        }
    }
}
