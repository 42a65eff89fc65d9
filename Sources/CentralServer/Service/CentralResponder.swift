import EnrolmentCore
import Hummingbird
import Logging
import SyncProtocol

/// Answers the requests of kits: the route table of `SyncProtocol`, the decision order of tus 1.0.0.
struct CentralResponder: HTTPResponder {
    let reception: PacketReception
    let lists: CardLists
    let revocations: ResponderDesk
    let capabilities: TusCapabilities

    init(reception: PacketReception, lists: CardLists, revocations: ResponderDesk) {
        self.reception = reception
        self.lists = lists
        self.revocations = revocations
        capabilities = TusCapabilities(maximumSize: reception.limits.packetSize)
    }

    func respond(to request: Request, context: KitRequestContext) async throws -> Response {
        do {
            return try await answer(request, context)
        } catch let refused as Refused {
            reception.logger.info("refused", metadata: ["code": "\(refused.code.rawValue)"])
            return response(to: refused, isHead: method(of: request) == .head)
        } catch is Interrupted {
            // The connection is dead, or its kit has come back on another: an answer would reach nobody.
            context.closeConnection()
            return Response(status: .badRequest)
        } catch is StorageFull {
            reception.logger.error("the disk is full")
            return response(to: Refused(.storageFull), isHead: false)
        } catch {
            reception.logger.error("request failed", metadata: ["error": "\(type(of: error))"])
            return response(to: Refused(.internalFailure), isHead: false)
        }
    }

    private func answer(_ request: Request, _ context: KitRequestContext) async throws -> Response {
        guard let route = SyncRoute(path: request.uri.path) else { throw Refused(.noSuchRoute) }
        guard let method = method(of: request), route.methods.contains(method) else {
            throw Refused(.methodNotAllowed)
        }
        if method == .options { return Response(status: .noContent, headers: fields(capabilities.headers)) }
        try checkVersion(of: request, for: route)
        let kit = try await authenticate(context)
        switch (route, method) {
        case (.packets, _): return try await announce(request, by: kit)
        case (.packet(let id), .head): return try await tellOffset(of: id, to: kit)
        case (.packet(let id), _): return try await append(request, to: id, by: kit)
        case (.receipt(let id), _): return signed(try await reception.receipt(of: id, for: kit))
        case (.receiptInChain(let sequence), _):
            guard let compact = try await reception.database.receipt(number: sequence, of: kit.id) else {
                throw Refused(.incomplete, "the chain of this kit is shorter")
            }
            return signed(compact)
        case (.manifestInChain(let sequence), _): return try await manifest(number: sequence, of: kit)
        case (.status, _): return try await status(for: kit)
        case (.list(let kind), _): return try await list(kind, request, for: kit)
        case (.revocation, _): return try await revocation(request)
        case (.seals, _): return try await takeSeal(request, by: kit)
        }
    }

    /// The method, or the one that a POST carries for a network that blocks the real one.
    private func method(of request: Request) -> SyncMethod? {
        guard let override = request.headers[text: SyncHeader.methodOverride], request.method == .post else {
            return SyncMethod(rawValue: request.method.rawValue)
        }
        return SyncMethod(rawValue: override)
    }

    private func checkVersion(of request: Request, for route: SyncRoute) throws {
        switch route {
        case .packets, .packet:
            guard request.headers[text: SyncHeader.tusResumable] == TusCapabilities.version else {
                throw Refused(.unsupportedVersion)
            }
        case .receipt, .receiptInChain, .manifestInChain, .status, .list, .revocation, .seals: break
        }
    }

    /// The kit of the connection; its certificate must be the one that was issued last.
    private func authenticate(_ context: KitRequestContext) async throws -> RegisteredKit {
        guard let certificate = try await context.certificate(),
            let kit = try await reception.database.kit(certificate.kit), kit.certificateDigest == certificate.digest
        else { throw Refused(.unknownKit) }
        return kit
    }

    private func announce(_ request: Request, by kit: RegisteredKit) async throws -> Response {
        guard let length = request.headers[text: SyncHeader.uploadLength].flatMap(ByteCount.parse) else {
            throw Refused(.invalidHeader, SyncHeader.uploadLength)
        }
        guard let metadata = request.headers[text: SyncHeader.uploadMetadata].flatMap(UploadMetadata.init(header:)),
            let manifest = metadata.signedManifest
        else { throw Refused(.invalidMetadata) }
        let packet = try await reception.announce(manifest, length: length, by: kit)
        return Response(
            status: .created,
            headers: tusFields([
                (SyncHeader.location, SyncRoute.packet(packet.id).path),
                (SyncHeader.uploadOffset, String(packet.durableOffset)),
            ]))
    }

    private func tellOffset(of id: PacketID, to kit: RegisteredKit) async throws -> Response {
        let packet = try await reception.find(id, of: kit)
        let metadata = UploadMetadata(signedManifest: packet.signedManifest)
        return Response(
            status: .ok,
            headers: tusFields([
                (SyncHeader.uploadOffset, String(packet.durableOffset)),
                (SyncHeader.uploadLength, String(packet.fileSize)),
                (SyncHeader.uploadMetadata, metadata.header), (SyncHeader.cacheControl, "no-store"),
            ]))
    }

    private func append(_ request: Request, to id: PacketID, by kit: RegisteredKit) async throws -> Response {
        let fields = AppendRequest(
            contentType: request.headers[.contentType], uploadOffset: request.headers[text: SyncHeader.uploadOffset],
            contentLength: request.headers[.contentLength],
            checksum: request.headers[text: SyncHeader.uploadChecksum])
        let body = request.body.map { Array($0.readableBytesView) }
        let offset = try await reception.append(body, to: id, as: fields, by: kit)
        return Response(status: .noContent, headers: tusFields([(SyncHeader.uploadOffset, String(offset))]))
    }

    private func signed(_ compact: String) -> Response {
        Response(
            status: .ok, headers: tusFields([(SyncHeader.contentType, SyncMediaType.receipt)]),
            body: ResponseBody(byteBuffer: ByteBuffer(string: compact)))
    }

    private func manifest(number sequence: Int, of kit: RegisteredKit) async throws -> Response {
        guard let compact = try await reception.database.manifest(number: sequence, of: kit) else {
            throw Refused(.unknownPacket, "no manifest of this kit has the number")
        }
        return signed(compact)
    }

    private func status(for kit: RegisteredKit) async throws -> Response {
        let status = CentralStatus(
            server: reception.facts.serverName, time: reception.clock.now(), isTraining: reception.facts.isTraining,
            kit: kit.id, maximumPacketSize: reception.limits.packetSize,
            chain: try await reception.database.chain(of: kit))
        return Response(
            status: .ok,
            headers: tusFields([
                (SyncHeader.contentType, SyncMediaType.json), (SyncHeader.cacheControl, "no-store"),
            ]), body: ResponseBody(byteBuffer: ByteBuffer(bytes: try status.encoded())))
    }
}

// Answers
extension CentralResponder {
    private func response(to refused: Refused, isHead: Bool) -> Response {
        let problem = Problem(refused.code, detail: refused.detail)
        var values = [(name: SyncHeader.contentType, value: SyncMediaType.problem)]
        // A HEAD that is refused must not look like an upload.
        if let offset = refused.offset, !isHead { values.append((SyncHeader.uploadOffset, String(offset))) }
        if refused.code == .unsupportedVersion { values.append((SyncHeader.tusVersion, TusCapabilities.version)) }
        if refused.code.remedy == .tryLater { values.append((SyncHeader.retryAfter, "60")) }
        // tus forbids a cache to keep an offset, so it may not keep its absence either.
        values.append((SyncHeader.cacheControl, "no-store"))
        let reason = refused.code == .checksumMismatch ? problem.title : ""
        let body = isHead ? [] : (try? problem.encoded()) ?? []
        return Response(
            status: .init(code: problem.status, reasonPhrase: reason), headers: tusFields(values),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    func tusFields(_ values: [(name: String, value: String)]) -> HTTPFields {
        fields([(SyncHeader.tusResumable, TusCapabilities.version)] + values)
    }

    private func fields(_ values: [(name: String, value: String)]) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in values { fields[text: name] = value }
        return fields
    }
}

extension HTTPFields {
    /// A field by its name as a text; several of one name read as one list, which no number or checksum survives.
    subscript(text name: String) -> String? {
        get { Element.Name(name).flatMap { self[$0] } }
        set {
            guard let name = Element.Name(name) else { return }
            self[name] = newValue
        }
    }
}
