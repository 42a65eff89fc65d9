package import EnrolmentCore
import OfflineCache
import StationUI

extension LoginDesk {
    /// Lets an officer in by a passphrase, if the list lets them use one and it is right; wipes it.
    func tryPassphrase(_ passphrase: SecretBytes, of officer: OfficerID) {
        run { [lists, means, round] () throws(FailureReport) in
            defer { passphrase.wipe() }
            try await lists.adopt()
            let now = means.clock.now()
            guard case .valid(let roster) = try await lists.roster(at: now) else {
                await self.refuse(FailureReport(.login(.rosterExpired), kept: .draft), nil, of: round)
                return nil
            }
            let listed = roster.officers.first { $0.id == officer }
            let (refusal, tries) = try await Self.refusal(of: passphrase, by: listed, means)
            // Before anybody is told: it is of no more use.
            passphrase.wipe()
            if let report = refusal {
                if let tries { await self.tell(.tries(tries), of: round) }
                await self.refuse(report, listed?.id, of: round)
            } else {
                let session = LoginSession(
                    officer: Officer(id: officer, proof: .passphrase), rosterVersion: roster.version,
                    revocation: .notApplicable, certificateValidUntil: nil, at: now)
                try await self.finish(session, of: round)
            }
            return nil
        }
    }

    /// Sets the passphrase of the officer who is logged in with their card; wipes it.
    ///
    /// - Throws: `login.needed` without such a login; `login.passphraseNotAllowed` when the list lets them use
    ///   none, or it is too short; `FailureReport` of the store.
    package func setPassphrase(_ passphrase: SecretBytes) async throws(FailureReport) {
        defer { passphrase.wipe() }
        guard let session, session.officer.proof == .card else {
            throw FailureReport(.login(.needed), detail: "by card", kept: .draft)
        }
        guard case .valid(let roster) = try await lists.roster(at: means.clock.now()) else {
            throw FailureReport(.login(.rosterExpired), kept: .draft)
        }
        guard roster.officers.contains(where: { $0.id == session.officer.id && $0.mayUsePassphrase }) else {
            throw FailureReport(.login(.passphraseNotAllowed), detail: "by the list", kept: .draft)
        }
        guard passphrase.characterCount >= means.rules.leastCharacters else {
            throw FailureReport(
                .login(.passphraseNotAllowed), detail: "fewer than \(means.rules.leastCharacters) characters",
                kept: .draft)
        }
        let (store, cost) = (means.kit.store, means.rules.cost)
        try await store.reporting { () throws(StoreError) in
            try await store.passphrases.set(passphrase, for: session.officer.id, cost: cost)
        }
    }

    /// Nil when it is right; with what is left where it was tried.
    private static func refusal(
        of passphrase: SecretBytes, by listed: RosterOfficer?, _ means: Means
    ) async throws(FailureReport) -> (report: FailureReport?, tries: PassphraseTries?) {
        // Who is not on the list is told no more than who may not use one.
        guard let listed, listed.mayUsePassphrase else {
            return (FailureReport(.login(.passphraseNotAllowed), kept: .draft), nil)
        }
        let store = means.kit.store
        let answer = try await store.reporting { () throws(StoreError) in
            try await store.passphrases.check(
                passphrase, of: listed.id, limit: means.rules.tries, now: try means.uptime.now())
        }
        switch answer {
        case .right: return (nil, nil)
        case .notSet:
            return (FailureReport(.login(.passphraseNotAllowed), detail: "none was set", kept: .draft), nil)
        case .wrong(let left, .zero):
            let report = FailureReport(.login(.wrongPassphrase), detail: "tries left \(left)", kept: .draft)
            return (report, PassphraseTries(left: left))
        case .wrong(_, let wait), .mustWait(let wait):
            let until = means.clock.now().advanced(by: wait)
            let report = FailureReport(
                .login(.tooManyTries), detail: "\(wait.components.seconds) s, until \(until.rfc3339)", kept: .draft)
            return (report, PassphraseTries(left: nil, waitUntil: until))
        }
    }
}
