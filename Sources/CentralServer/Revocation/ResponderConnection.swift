import AsyncHTTPClient
import NIOCore
import SyncProtocol

/// One question to one address of a responder, over plain HTTP: its answers are signed.
struct ResponderConnection: Sendable {
    let url: ResponderURL
    /// Where the connection goes, whatever the name stands for by then.
    let address: NetworkAddress
    let limits: CentralLimits

    /// - Throws: `Refused`: `responderUnreachable`, `responderAnswerUnusable`.
    func answer(to question: RevocationQuestion) async throws(Refused) -> [UInt8] {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result = await answer(to: question, by: client)
        try? await client.shutdown()
        return try result.get()
    }

    private func answer(to question: RevocationQuestion, by client: HTTPClient) async -> Result<[UInt8], Refused> {
        do {
            let answer = try await client.execute(request(question), timeout: TimeAmount(limits.responderTime))
            guard answer.status == .ok else {
                return .failure(Refused(.responderAnswerUnusable, "status \(answer.status.code)"))
            }
            let body = try await answer.body.collect(upTo: question.kind.largestAnswer)
            let bytes = Array(body.readableBytesView)
            guard DERLength.isWhole(bytes) else { return .failure(Refused(.responderAnswerUnusable, "not DER")) }
            return .success(bytes)
        } catch is NIOTooManyBytesError {
            return .failure(Refused(.responderAnswerUnusable, "too many bytes"))
        } catch {
            return .failure(Refused(.responderUnreachable))
        }
    }

    private func request(_ question: RevocationQuestion) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url.text)
        guard question.kind == .ocsp else { return request }
        request.method = .POST
        request.headers.add(name: SyncHeader.contentType, value: SyncMediaType.ocspRequest)
        request.body = .bytes(ByteBuffer(bytes: question.request))
        return request
    }

    private var configuration: HTTPClient.Configuration {
        // Half of the time for a connection leaves the other half for the next address.
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(limits.responderTime / 2), read: TimeAmount(limits.responderTime)))
        configuration.httpVersion = .http1Only
        configuration.dnsOverride = [url.host: address.text]
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
