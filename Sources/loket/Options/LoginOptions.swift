import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import StationApp
import StationUI

/// How an officer shows who they are, on a kit that has a list of officers.
struct LoginOptions: ParsableArguments {
    @Flag(help: "Read the officer's PIN from standard input, one line, instead of asking for it.")
    var pinStdin = false

    @Flag(help: "Have the PIN typed on the reader's own keys.")
    var pinpad = false

    @Option(
        name: .customLong("passphrase-of"),
        help: "Log in as this staff number by the officer's own passphrase, without a card.")
    var passphraseOfficer: String?

    /// The officer of a verb that takes an application or delivers a card: whoever logs in now, or where the
    /// kit never had a list of officers, who they say they are.
    ///
    /// - Throws: `login.needed` when nobody is there to be asked and nothing was given; every other reason not
    ///   to be let in.
    func officer(
        on kit: OpenKit, reader: any KitCardReading, claiming claimed: OfficerID, within patience: Duration,
        in language: Language
    ) async throws -> Officer {
        let lists = try KitLists(kit)
        try await lists.adopt()
        let standing = try await lists.roster(at: SystemClock().now())
        guard OfficerGate(standing) == .login else {
            return try OfficerGate.officer(nil, claiming: claimed, by: standing)
        }
        if let session = kit.login { return try OfficerGate.officer(session, claiming: claimed, by: standing) }
        let desk = try desk(on: kit, reader: reader, within: patience)
        let session = try await logIn(at: desk, in: language)
        await desk.close()
        return try OfficerGate.officer(session, claiming: claimed, by: standing)
    }

    func desk(on kit: OpenKit, reader: any KitCardReading, within patience: Duration) throws -> LoginDesk {
        try LoginDesk(
            LoginDesk.Means(
                kit: kit, reader: reader, holder: reader, rules: try LoginRules.station(in: kit.folder),
                clock: SystemClock(), patience: patience, testRoots: try StationTrust.emulatedRoots()))
    }

    func logIn(at desk: LoginDesk, in language: Language) async throws(FailureReport) -> LoginSession {
        guard pinStdin || pinpad || SecretInput.hasTerminal else {
            throw FailureReport(.login(.needed), detail: "no terminal, and no --pin-stdin", kept: .draft)
        }
        let login = ScriptedLogin(desk)
        if let passphraseOfficer {
            let question = Catalogue(language).line(.officerPassphrase, passphraseOfficer)
            guard let passphrase = try secret("\(question): ") else {
                throw FailureReport(.login(.needed), detail: "given up", kept: .draft)
            }
            return try await login.byPassphrase(passphrase, of: OfficerID(passphraseOfficer))
        }
        return try await login.byCard { [self] (question) throws(FailureReport) in
            // A second line is never tried: what was given is wrong, or no PIN.
            if !question.isFirst, pinStdin { return nil }
            if pinpad { return .pinpad }
            return try secret(Self.prompt(question, in: language)).map { .typed($0) }
        }
    }

    /// From standard input, or asked for.
    func secret(_ prompt: String) throws(FailureReport) -> SecretBytes? {
        pinStdin ? try SecretInput().line() : try SecretInput().typed(prompt)
    }

    private static func prompt(_ question: ScriptedLogin.Question, in language: Language) -> String {
        let (words, officer) = (Catalogue(language), question.officer?.text ?? "?")
        let wrong = question.wrongBefore ? words.line(.wrongPIN) + " " : ""
        let asked =
            question.state.triesLeft.map { words.line(.officerPIN, officer, "\($0)") }
            ?? words.line(.officerPINOfUnknownTries, officer)
        return "\(wrong)\(asked): "
    }
}
