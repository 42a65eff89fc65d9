import ArgumentParser

/// How a campaign ended, in the form that `Tests/Witness/run-all` adds up.
struct CampaignVerdict {
    private(set) var passed = 0
    private(set) var failed = 0
    private(set) var skipped = 0

    /// Notes one thing that was to be shown, and prints it with its figures.
    mutating func expect(_ isTrue: Bool, _ text: String) {
        if isTrue { passed += 1 } else { failed += 1 }
        print("\(isTrue ? "ok  " : "FAIL") \(text)")
    }

    mutating func skip(_ text: String) {
        skipped += 1
        print("skip \(text)")
    }

    /// Prints the last line, and throws when something failed, so that the program ends with 1.
    func close(_ name: String) throws {
        print("\(name): \(passed) passed, \(failed) failed, \(skipped) skipped")
        if failed > 0 { throw ExitCode.failure }
    }
}
