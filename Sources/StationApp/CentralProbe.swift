package import EnrolmentCore
import SyncClient
import SyncProtocol

/// Asks central who it is and what time it has, once, in seconds: for the home screen and the
/// self-test.
package struct CentralProbe: Sendable {
    package struct Answer: Hashable, Sendable {
        package let server: String
        package let time: Timestamp
    }

    private let kit: OpenKit
    private let patience: Duration

    /// - Parameter patience: for each step of the way to central.
    package init(_ kit: OpenKit, patience: Duration = .seconds(2)) {
        self.kit = kit
        self.patience = patience
    }

    /// - Throws: `central.unreachable`, `.wrongCertificate`, `.kitRefused`, `.trainingRefused` or
    ///   `.unexpectedAnswer`.
    package func ask() async throws(FailureReport) -> Answer {
        var limits = CentralConnection.Limits()
        limits.connect = patience
        limits.silence = patience
        limits.request = patience * 2
        let connection = try CentralConnection(kit.bundle, limits: limits)
        let outcome: Result<SyncAnswer, ExchangeFailure>
        do throws(ExchangeFailure) {
            outcome = .success(try await connection.exchange(SyncRequest(.get, SyncRoute.status.path)))
        } catch {
            outcome = .failure(error)
        }
        await connection.close()
        switch outcome {
        case .failure(.wrongCertificate): throw failure(.wrongCertificate, "")
        case .failure(.notHTTP): throw failure(.unexpectedAnswer, "no HTTP")
        case .failure(let why): throw failure(.unreachable, why.rawValue)
        case .success(let answer): return try read(answer)
        }
    }

    private func read(_ answer: SyncAnswer) throws(FailureReport) -> Answer {
        guard answer.status == 200, let status = try? CentralStatus(decoding: answer.body), status.version == 1,
            status.server == kit.bundle.serverName
        else { throw failure(.unexpectedAnswer, "status \(answer.status)") }
        guard status.isTraining == kit.kit.isTraining else { throw failure(.trainingRefused, "") }
        guard status.kit == kit.kit.id else { throw failure(.kitRefused, "") }
        return Answer(server: status.server, time: status.time)
    }

    private func failure(_ code: FailureCode.Central, _ detail: String) -> FailureReport {
        FailureReport(.central(code), detail: detail, kept: .packet)
    }
}
