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
        try await folder.open(passphrase: try passphrase(), clock: SystemClock())
    }

    /// Never from an argument or the environment itself: other users of the machine can read those.
    func passphrase() throws -> String {
        if let file = passphraseFile ?? ProcessInfo.processInfo.environment["LOKET_PASSPHRASE_FILE"] {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw FailureReport(.input(.unreadableFile), detail: "passphrase file", kept: .draft)
            }
            return text.trimmingCharacters(in: .newlines)
        }
        guard isatty(STDIN_FILENO) == 1, let typed = getpass("Wachtwoord van de kit: ") else {
            throw FailureReport(.input(.missingConfiguration), detail: "no passphrase", kept: .draft)
        }
        return String(cString: typed)
    }
}
