import Hummingbird
import NIOCore
import PacketFormat
import SyncProtocol

// What kits need for cards: who may use them, which roots count, what was revoked.
extension CentralResponder {
    func list(_ kind: SignedListKind, _ request: Request, for kit: RegisteredKit) async throws -> Response {
        guard let newest = try await lists.newest(kind, for: kit.id) else { throw Refused(.noSuchList) }
        let tag = EntityTag(version: newest.version)
        var values = [(SyncHeader.entityTag, tag.header), (SyncHeader.cacheControl, "no-store")]
        guard request.headers[text: SyncHeader.ifNoneMatch].flatMap(EntityTag.init(header:)) != tag else {
            return Response(status: .notModified, headers: tusFields(values))
        }
        values.append((SyncHeader.contentType, SyncMediaType.signedList))
        return Response(
            status: .ok, headers: tusFields(values),
            body: ResponseBody(byteBuffer: ByteBuffer(string: newest.compact)))
    }

    func revocation(_ request: Request) async throws -> Response {
        guard request.headers[.contentType]?.lowercased() == SyncMediaType.json else {
            throw Refused(.unsupportedMediaType)
        }
        let body = try await body(of: request, atMost: RevocationQuestion.largestBody)
        guard let question = try? RevocationQuestion(decoding: body) else { throw Refused(.invalidQuestion) }
        let answer = try await revocations.ask(question)
        return Response(
            status: .ok,
            headers: tusFields([
                (SyncHeader.contentType, question.kind.answerType), (SyncHeader.cacheControl, "no-store"),
            ]), body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer)))
    }

    /// A body as a whole.
    func body(of request: Request, atMost limit: Int) async throws -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Refused(.tooLarge)
        } catch is HTTPError {
            throw Refused(.tooLarge)
        }
    }
}
