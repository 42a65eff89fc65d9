import Hummingbird
import PacketFormat
import SyncProtocol

// The seals of kits' days.
extension CentralResponder {
    /// Answers 201 to a seal that is new and 200 to one that central has, both without a body.
    func takeSeal(_ request: Request, by kit: RegisteredKit) async throws -> Response {
        guard request.headers[.contentType]?.lowercased() == SyncMediaType.seal else {
            throw Refused(.unsupportedMediaType)
        }
        let body = try await body(of: request, atMost: SignedAuditSeal.largestByteCount)
        let compact = String(decoding: body, as: UTF8.self)
        let isKnown = try await SealReception(reception).take(compact, by: kit)
        return Response(status: isKnown ? .ok : .created, headers: tusFields([(SyncHeader.cacheControl, "no-store")]))
    }
}
