import SyncClient

/// The way to central with somebody on it who gives other answers for some paths.
struct FalseCentral: CentralExchange {
    /// By path; a failure when there is no answer.
    typealias Answers = [String: Result<SyncAnswer, ExchangeFailure>]

    private let central: any CentralExchange
    private let answers: Answers

    init(_ central: any CentralExchange, _ answers: Answers) {
        self.central = central
        self.answers = answers
    }

    func exchange(_ request: SyncRequest) async throws(ExchangeFailure) -> SyncAnswer {
        guard let answer = answers[request.path] else { return try await central.exchange(request) }
        return try answer.get()
    }
}
