import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp
import StationUI

struct LoginVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Try an officer's login on this kit, or set the passphrase that may stand in for the card.",
        discussion: """
            Nothing stays logged in when this ends: the screens and the verbs that need an officer ask again. \
            The PIN is never taken from an argument or the environment.
            """)
    @Flag(help: "Say which lists this kit has and whether they hold, without a login.") var status = false
    @Flag(help: "After the login by card, set the officer's passphrase.") var setPassphrase = false
    @OptionGroup var login: LoginOptions
    @OptionGroup var kit: KitOptions
    @OptionGroup var devices: DeviceOptions
    @OptionGroup var report: ReportOptions

    struct LoggedIn: Encodable {
        let officer: String
        let proof: String
        let certificateValidUntil: String?
        let rosterVersion: Int
        let revocation: String
        let passphraseSet: Bool
    }

    func validate() throws {
        if setPassphrase, login.passphraseOfficer != nil {
            throw ValidationError("A passphrase is set after a login by card.")
        }
    }

    func run() async throws {
        try await report.reporting {
            let open = try await kit.open(in: report.language)
            if status { return try await showStatus(of: open) }
            // Who opened the kit with their card has shown what a login shows.
            if let session = open.login, !setPassphrase { return try show(session) }
            let reader = try await devices.source().devices(for: nil).cardReader
            let desk = try login.desk(on: open, reader: reader, within: devices.limits.card)
            let session = try await login.logIn(at: desk, in: report.language)
            if setPassphrase { try await set(at: desk) }
            await desk.logOut()
            await desk.close()
            try show(session)
        }
    }

    private func set(at desk: LoginDesk) async throws {
        let words = report.words
        guard let first = try login.secret("\(words.line(.newOfficerPassphrase)): ") else {
            throw FailureReport(.login(.needed), detail: "given up", kept: .draft)
        }
        if !login.pinStdin {
            guard let second = try login.secret("\(words.line(.again)): ") else {
                throw FailureReport(.login(.needed), detail: "given up", kept: .draft)
            }
            defer { second.wipe() }
            guard first.holdsSame(as: second) else {
                first.wipe()
                throw FailureReport(.login(.wrongPassphrase), detail: "the two differ", kept: .draft)
            }
        }
        try await desk.setPassphrase(first)
    }

    private func show(_ session: LoginSession) throws {
        let done = LoggedIn(
            officer: session.officer.id.text, proof: session.officer.proof?.rawValue ?? "",
            certificateValidUntil: session.certificateValidUntil?.rfc3339, rosterVersion: session.rosterVersion,
            revocation: session.revocation.rawValue, passphraseSet: setPassphrase)
        try report.print(done) {
            let line = report.words.line(
                session.revocation == .notChecked ? .loginUnchecked : .loginDone, done.officer, done.proof,
                "\(done.rosterVersion)")
            return setPassphrase ? "\(line)\n\(report.words.line(.loginPassphraseSet))" : line
        }
    }

    private func showStatus(of kit: OpenKit) async throws {
        let status = try await LoginStatus.of(kit, clock: SystemClock())
        try report.print(status) {
            let words = report.words
            return [
                words.line(
                    status.rosterValidUntil == nil ? .loginOfficers : .loginOfficersUntil,
                    status.rosterVersion.map { "\($0)" } ?? "-", status.roster.rawValue, "\(status.officers ?? 0)",
                    status.rosterValidUntil ?? ""),
                words.line(.loginRoots, "\(status.cardRootsVersion)"),
                words.line(.loginQuestions, "\(status.questionsWaiting)"),
            ].joined(separator: "\n")
        }
    }
}
