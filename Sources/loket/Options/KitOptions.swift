import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp
import StationUI

/// Which kit a verb works on, and how its store is opened.
struct KitOptions: ParsableArguments {
    @Option(help: "The kit's data folder (otherwise LOKET_HOME, or loket in the user's data folder).")
    var home: String?

    @Option(
        help: "A file that holds the passphrase, for scripts (otherwise LOKET_PASSPHRASE_FILE, or it is asked for).")
    var passphraseFile: String?

    @Flag(help: "Open the kit by the officer's card in the attached reader; its PIN is asked for.")
    var byCard = false

    @Flag(help: "The same with the PIN from the first line of standard input.")
    var cardPinStdin = false

    var folder: KitFolder {
        home.map { KitFolder(URL(filePath: $0)) } ?? .standard(environment: ProcessInfo.processInfo.environment)
    }

    /// Whether it was said how the kit is opened, so that no screen asks.
    var isScripted: Bool { byCard || cardPinStdin || passphraseFilePath != nil }

    func open(in language: Language) async throws -> OpenKit {
        try await opening(in: language) { way in
            switch way {
            case .passphrase(let passphrase): try await folder.open(passphrase: passphrase, clock: SystemClock())
            case .card(let unlock): try await folder.open(byCard: unlock, clock: SystemClock())
            }
        }
    }

    /// Lends the way in which whoever is there opens the kit: what was given for scripts, else the card or the
    /// passphrase, as they like, where cards open this kit at all.
    func opening<Value>(
        in language: Language, _ body: (OpeningWay) async throws -> Value
    ) async throws -> Value {
        let way = try await way(in: language)
        defer { if case .passphrase(let passphrase) = way { passphrase.wipe() } }
        return try await body(way)
    }

    private func way(in language: Language) async throws(FailureReport) -> OpeningWay {
        if byCard || cardPinStdin { return .card(try card(in: language)) }
        if let file = passphraseFilePath { return .passphrase(try Self.firstLine(of: file, in: language)) }
        guard SecretInput.hasTerminal, await folder.opensByCard() else {
            return .passphrase(try Self.typed(.passphrase, in: language))
        }
        let typed = try Self.typed(.cardOrPassphrase, in: language)
        return typed.isEmpty ? .card(try card(in: language)) : .passphrase(typed)
    }

    /// A card that is proven beside the opening, with its PIN asked for, or from standard input.
    func card(in language: Language, fromPipe: Bool? = nil) throws(FailureReport) -> CardUnlock {
        let isPiped = fromPipe ?? cardPinStdin
        let words = Catalogue(language)
        let telling: @Sendable (CardUnlock.Progress) -> Void = { progress in
            switch progress {
            case .insertCard where SecretInput.hasTerminal: SecretInput.say(words.line(.insertCard))
            case .usePinpad: SecretInput.say(words.line(.pinOnReader))
            default: break
            }
        }
        return CardUnlock(reader: AttachedDevices.cardReader(), patience: .seconds(60), telling: telling) {
            (question) throws(FailureReport) in
            // A second line is never tried: what was given is wrong, or no PIN.
            if isPiped { return question.isFirst ? .typed(try SecretInput().line()) : nil }
            let wrong = question.wrongBefore ? words.line(.wrongPIN) + " " : ""
            let asked =
                question.state.triesLeft.map { words.line(.pin, "\($0)") } ?? words.line(.pinOfUnknownTries)
            guard let typed = try SecretInput().typed("\(wrong)\(asked): ") else { return nil }
            // Nothing typed here: on the reader's own keys, where it has them.
            return typed.isEmpty && question.state.hasPinpad ? .pinpad : .typed(typed)
        }
    }

    /// Never from an argument or the environment itself: other users of the machine can read those.
    func passphrase(in language: Language) throws(FailureReport) -> SecretBytes {
        if let file = passphraseFilePath { return try Self.firstLine(of: file, in: language) }
        return try Self.typed(.passphrase, in: language)
    }

    private static func firstLine(of file: String, in language: Language) throws(FailureReport) -> SecretBytes {
        try SecretInput.firstLine(of: file) { SecretInput.say(Catalogue(language).line(.exposedSecret, $0)) }
    }

    private var passphraseFilePath: String? {
        passphraseFile ?? ProcessInfo.processInfo.environment["LOKET_PASSPHRASE_FILE"]
    }

    /// One that is to be: from a file, or typed twice.
    static func newPassphrase(
        _ file: String?, in language: Language
    ) throws(FailureReport) -> SecretBytes {
        if let file { return try Self.firstLine(of: file, in: language) }
        let first = try typed(.newPassphrase, in: language)
        let second = try typed(.again, in: language)
        defer { second.wipe() }
        guard first.holdsSame(as: second), !first.isEmpty else {
            first.wipe()
            throw FailureReport(.store(.wrongPassphrase), detail: "not the same twice", kept: .draft)
        }
        return first
    }

    private static func typed(_ text: OpeningText, in language: Language) throws(FailureReport) -> SecretBytes {
        guard SecretInput.hasTerminal else {
            throw FailureReport(.input(.noSecret), detail: "no passphrase", kept: .draft)
        }
        guard let typed = try SecretInput().typed("\(Catalogue(language).line(text)): ") else {
            throw FailureReport(.input(.noSecret), detail: "given up", kept: .draft)
        }
        return typed
    }
}
