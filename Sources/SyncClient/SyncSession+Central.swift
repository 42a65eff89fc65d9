import EnrolmentCore
import OfflineCache
import SyncProtocol

extension SyncSession {
    /// How often central is asked again who it is. An officer without a network should hear so at once:
    /// nothing has been sent yet, and the next sync is a key away.
    private static let tries = 1

    /// Asks central who it is before anything is sent to it; nil when it is the one that the kit was
    /// provisioned for.
    ///
    /// Central's clock comes along: it is authenticated, so it counts as a time that has happened.
    func meetCentral() async throws(StoreError) -> FailureCode? {
        var failures = 0
        while true {
            switch await askWho() {
            case .central(let answer): return try await check(answer)
            case .other(let code): return code
            case .nobody: failures += 1
            }
            guard !Task.isCancelled else { return cancelled() }
            guard failures <= Self.tries else { return .central(.unreachable) }
            do { try await wait(after: failures) } catch { return cancelled() }
        }
    }

    private enum Encounter {
        case central(SyncAnswer)
        /// Not the central of this kit, or one that will not have it.
        case other(FailureCode)
        /// Out of reach, or not able to answer now.
        case nobody
    }

    private func askWho() async -> Encounter {
        do throws(ExchangeFailure) {
            let answer = try await exchange.exchange(SyncRequest(.get, SyncRoute.status.path))
            switch AnswerReading(answer, expecting: [200]) {
            case .done: return .central(answer)
            case .refused(.unknownKit): return .other(.central(.kitRefused))
            case .refused(let code) where code.remedy == .tryLater: return .nobody
            case .notCentral, .refused: return .other(.central(.unexpectedAnswer))
            case .unavailable: return .nobody
            }
        } catch {
            switch error {
            case .wrongCertificate: return .other(.central(.wrongCertificate))
            case .notHTTP: return .other(.central(.unexpectedAnswer))
            case .cancelled, .unreachable, .interrupted: return .nobody
            }
        }
    }

    private func check(_ answer: SyncAnswer) async throws(StoreError) -> FailureCode? {
        let now = clock.now()
        guard let status = try? CentralStatus(decoding: answer.body), status.version == 1,
            status.server == bundle.serverName
        else { return .central(.unexpectedAnswer) }
        guard status.isTraining == store.kit.isTraining else { return .central(.trainingRefused) }
        guard status.kit == store.kit.id else { return .central(.kitRefused) }
        try await store.clockMark.note(status.time)
        note(clockAhead: now.since(status.time))
        note(status.chain)
        return nil
    }

    private func cancelled() -> FailureCode {
        noteCancelled()
        return .central(.unreachable)
    }
}
