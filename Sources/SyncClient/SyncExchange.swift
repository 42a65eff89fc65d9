package import SyncProtocol

/// One request to central, as values.
package struct SyncRequest: Hashable, Sendable {
    package let method: SyncMethod
    /// From the host on, for example `/v1/status`.
    package let path: String
    package let headers: [String: String]
    package let body: [UInt8]
    /// Bytes of body that its answer may have; with more it is taken for nobody's.
    package let largestAnswer: Int

    package init(
        _ method: SyncMethod, _ path: String, headers: [String: String] = [:], body: [UInt8] = [],
        largestAnswer: Int = SyncAnswer.largestBody
    ) {
        self.method = method
        self.path = path
        self.headers = headers.merging([SyncHeader.tusResumable: TusCapabilities.version]) { given, _ in given }
        self.body = body
        self.largestAnswer = largestAnswer
    }
}

/// What came back, from whoever answered.
package struct SyncAnswer: Hashable, Sendable {
    package let status: Int
    /// By name in lower case.
    private let headers: [String: String]
    /// At most as many bytes as its request allows.
    package let body: [UInt8]

    /// What is allowed without a word: receipts and problem details have a kilobyte or two.
    package static let largestBody = 64 << 10

    package init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = Dictionary(headers.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
        self.body = body
    }

    package subscript(header name: String) -> String? { headers[name.lowercased()] }
}

/// Why there is no answer.
package enum ExchangeFailure: String, Error, CaseIterable, Sendable {
    /// No connection could be made.
    case unreachable
    /// The connection ended, or nothing came over it for too long.
    case interrupted
    /// TLS did not agree: not our central, or central does not accept the kit's certificate.
    case wrongCertificate
    /// Whoever answered does not speak HTTP as central does.
    case notHTTP
    case cancelled
}

/// The way to central: one request, one answer, or a reason why there is none.
package protocol CentralExchange: Sendable {
    func exchange(_ request: SyncRequest) async throws(ExchangeFailure) -> SyncAnswer
}
