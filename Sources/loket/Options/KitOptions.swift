import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp

/// Which kit a verb works on, and how its store is opened.
struct KitOptions: ParsableArguments {
    @Option(help: "The kit's data folder (otherwise LOKET_HOME, or loket in the user's data folder).")
    var home: String?

    @Option(
        help: "A file that holds the passphrase, for scripts (otherwise LOKET_PASSPHRASE_FILE, or it is asked for).")
    var passphraseFile: String?

    var folder: KitFolder {
        home.map { KitFolder(URL(filePath: $0)) } ?? .standard(environment: ProcessInfo.processInfo.environment)
    }

    func open() async throws -> OpenKit {
        let passphrase = try passphrase()
        defer { passphrase.wipe() }
        return try await folder.open(passphrase: passphrase, clock: SystemClock())
    }

    /// Never from an argument or the environment itself: other users of the machine can read those.
    func passphrase() throws(FailureReport) -> SecretBytes {
        let file = passphraseFile ?? ProcessInfo.processInfo.environment["LOKET_PASSPHRASE_FILE"]
        if let file { return try SecretInput.firstLine(of: file) }
        return try Self.typed("Wachtwoord van de kit: ")
    }

    /// One that is to be: from a file, or typed twice.
    static func newPassphrase(_ file: String?) throws(FailureReport) -> SecretBytes {
        if let file { return try SecretInput.firstLine(of: file) }
        let first = try typed("Nieuw wachtwoord van de kit: ")
        let second = try typed("Nog eens: ")
        defer { second.wipe() }
        guard first.holdsSame(as: second), !first.isEmpty else {
            first.wipe()
            throw FailureReport(.store(.wrongPassphrase), detail: "not the same twice", kept: .draft)
        }
        return first
    }

    private static func typed(_ prompt: String) throws(FailureReport) -> SecretBytes {
        guard SecretInput.hasTerminal else {
            throw FailureReport(.input(.missingConfiguration), detail: "no passphrase", kept: .draft)
        }
        guard let typed = try SecretInput().typed(prompt) else {
            throw FailureReport(.input(.missingConfiguration), detail: "given up", kept: .draft)
        }
        return typed
    }
}
