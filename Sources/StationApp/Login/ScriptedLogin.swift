package import EnrolmentCore
import OfflineCache
import StationUI

/// A login without screens: the PIN comes from whoever runs it.
package struct ScriptedLogin: Sendable {
    /// What is known when the PIN is asked for.
    package struct Question: Sendable {
        /// Whose card it is, by the list; not proven yet.
        package let officer: OfficerID?
        package let state: CardPINState
        package let wrongBefore: Bool
        /// Whether nothing was given before; what is no PIN at all is asked for again too.
        package let isFirst: Bool
        /// Empty; the PIN is typed into it.
        package let entry: SecretBytes
    }

    private let desk: LoginDesk

    package init(_ desk: LoginDesk) { self.desk = desk }

    /// - Parameter pin: answers nil to give up: after a wrong one that is `login.wrongPIN`, else `login.needed`.
    /// - Throws: why the officer is not let in.
    package func byCard(
        pin: @Sendable (Question) async throws(FailureReport) -> CardPINEntry?
    ) async throws(FailureReport) -> LoginSession {
        await desk.take(.begin)
        var isFirst = true
        for await update in desk.updates {
            switch update {
            case .admitted(let session, _): return session
            case .news(.refused(let report)): throw report
            case .news(.askPIN(let state, let entry, let wrongBefore)):
                let question = Question(
                    officer: await desk.candidate, state: state, wrongBefore: wrongBefore, isFirst: isFirst,
                    entry: entry)
                isFirst = false
                switch try await answer(question, pin) {
                case .typed(let entry): await desk.take(.pin(entry))
                case .pinpad: await desk.take(.pinpad)
                }
            default: break
            }
        }
        throw FailureReport(.login(.needed), kept: .nothingToKeep)
    }

    /// - Parameter passphrase: wiped.
    /// - Throws: why the officer is not let in.
    package func byPassphrase(
        _ passphrase: SecretBytes, of officer: OfficerID
    ) async throws(FailureReport) -> LoginSession {
        await desk.take(.passphrase(officer, passphrase))
        for await update in desk.updates {
            switch update {
            case .admitted(let session, _): return session
            case .news(.refused(let report)): throw report
            default: break
            }
        }
        throw FailureReport(.login(.needed), kept: .nothingToKeep)
    }

    private func answer(
        _ question: Question, _ pin: @Sendable (Question) async throws(FailureReport) -> CardPINEntry?
    ) async throws(FailureReport) -> CardPINEntry {
        do throws(FailureReport) {
            if let entry = try await pin(question) { return entry }
        } catch {
            await desk.take(.cancel)
            throw error
        }
        await desk.take(.cancel)
        guard question.wrongBefore else {
            throw FailureReport(.login(.needed), detail: "given up", kept: .nothingToKeep)
        }
        let left = question.state.triesLeft.map { "tries left \($0)" } ?? ""
        throw FailureReport(.login(.wrongPIN), detail: left, kept: .nothingToKeep)
    }
}
