import FoundationEssentials

/// Why central did not do what the kit asked: the stable name that the kit's program decides by.
package enum RefusalCode: String, CaseIterable, Sendable, Codable {
    // The request
    case unsupportedVersion, invalidHeader, invalidMetadata, unsupportedMediaType, noSuchRoute, methodNotAllowed
    // Who asks
    /// The certificate is valid, but central has no such kit, or has given it a newer certificate.
    case unknownKit
    /// The manifest names another kit than the certificate.
    case wrongKit
    case invalidSignature
    /// A packet sealed in training reached a central that is not for training.
    case trainingRefused
    /// A real application reached a central that is for training.
    case trainingOnly
    // The upload
    case unknownPacket
    /// The same packet id with other bytes: a person has to look at it.
    case conflict
    /// Central holds another manifest under this number of the kit, or one that this one contradicts: two copies
    /// of a kit are at work, or one was put back to an older state.
    case chainForked
    /// Central has received a packet about this case from this kit.
    case caseKnown
    case tooLarge
    case tooManyUploads
    /// The announced length is not the manifest's.
    case lengthMismatch
    case offsetMismatch
    case beyondLength
    case unknownChecksumAlgorithm
    case checksumMismatch
    /// All bytes are there and they are not the packet of the manifest; the upload is discarded.
    case digestMismatch
    /// There is no receipt yet: the packet is not whole.
    case incomplete
    // Signed lists
    /// Central has none of this kind for this kit.
    case noSuchList
    // Seals of days
    /// Not a seal that a kit could have made.
    case invalidSeal
    /// Central holds another seal that this one contradicts: two copies of a kit are at work, or one was put back
    /// to an older state. Central keeps both.
    case sealForked
    // Revocation
    /// Not a question that an OCSP responder or a server of revocation lists could be asked.
    case invalidQuestion
    /// Not among the addresses that central may ask.
    case responderNotAllowed
    /// It did not answer in time, or not at all.
    case responderUnreachable
    /// It answered something that is no answer: an error, a redirect, a page, too many bytes.
    case responderAnswerUnusable
    case tooManyQuestions
    // Central itself
    case storageFull
    case internalFailure

    /// The status that goes with it; 460 is tus's own number.
    package var status: Int {
        switch self {
        case .invalidHeader, .invalidMetadata, .unknownChecksumAlgorithm, .lengthMismatch, .invalidQuestion,
            .invalidSeal:
            400
        case .unknownKit, .wrongKit, .invalidSignature, .trainingRefused, .trainingOnly, .responderNotAllowed: 403
        case .noSuchRoute, .unknownPacket, .noSuchList: 404
        case .methodNotAllowed: 405
        case .conflict, .chainForked, .sealForked, .caseKnown, .offsetMismatch, .incomplete: 409
        case .unsupportedVersion: 412
        case .tooLarge, .beyondLength: 413
        case .unsupportedMediaType: 415
        case .digestMismatch: 422
        case .tooManyUploads, .tooManyQuestions: 429
        case .checksumMismatch: 460
        case .internalFailure: 500
        case .responderAnswerUnusable: 502
        case .responderUnreachable: 504
        case .storageFull: 507
        }
    }

    /// What the kit's program should do about it.
    package var remedy: Remedy {
        switch self {
        case .unknownPacket, .digestMismatch: .announceAgain
        case .offsetMismatch, .checksumMismatch: .askOffset
        case .incomplete: .resume
        case .tooManyUploads, .storageFull, .internalFailure, .noSuchList, .responderUnreachable,
            .responderAnswerUnusable, .tooManyQuestions:
            .tryLater
        case .unknownKit, .trainingRefused, .trainingOnly, .unsupportedVersion, .noSuchRoute, .methodNotAllowed:
            .stopAll
        case .conflict, .chainForked, .caseKnown, .wrongKit, .invalidSignature, .tooLarge, .lengthMismatch,
            .beyondLength, .invalidHeader, .invalidMetadata, .unsupportedMediaType, .unknownChecksumAlgorithm,
            .invalidQuestion, .responderNotAllowed, .invalidSeal, .sealForked:
            .setAside
        }
    }

    /// The next step after a refusal; none of them ever deletes a packet.
    package enum Remedy: Hashable, Sendable {
        /// Create the upload anew, from the first byte.
        case announceAgain
        /// Take central's offset (HEAD) and go on from there.
        case askOffset
        /// Send the bytes that are missing.
        case resume
        /// The same request may succeed later.
        case tryLater
        /// No other packet will fare better: stop this session and tell a person.
        case stopAll
        /// This packet needs a person; go on with the next one.
        case setAside
    }
}

/// The body of a refusal: problem details for HTTP (RFC 9457) with our stable code beside them.
package struct Problem: Hashable, Sendable, Codable {
    /// A URI by which the kind is known; never fetched.
    package let type: String
    package let title: String
    package let status: Int
    package let code: RefusalCode
    /// What happened here, without a personal datum.
    package let detail: String?

    package init(_ code: RefusalCode, detail: String? = nil) {
        type = "urn:loket:refusal:\(code.rawValue)"
        title = code.title
        status = code.status
        self.code = code
        self.detail = detail
    }

    package func encoded() throws -> [UInt8] { try WireJSON.encode(self) }

    /// Throws `DecodingError` for a body that is not central's, for example a proxy's own page.
    package init(decoding bytes: [UInt8]) throws {
        self = try WireJSON.decode(Problem.self, from: bytes)
    }
}

extension RefusalCode {
    /// For a technician's log, in English; the screens have their own words by the code.
    package var title: String {
        switch self {
        case .unsupportedVersion: "The server speaks tus 1.0.0 only"
        case .invalidHeader: "A header field is missing or cannot be read"
        case .invalidMetadata: "Upload-Metadata holds no readable signed manifest"
        case .unsupportedMediaType: "The body has the wrong media type"
        case .noSuchRoute: "There is nothing at this address"
        case .methodNotAllowed: "This address does not know the method"
        case .unknownKit: "This kit is not registered here, or has a newer certificate"
        case .wrongKit: "The manifest names another kit than the certificate"
        case .invalidSignature: "The manifest is not signed by the kit's registered key"
        case .trainingRefused: "A training packet is no application"
        case .trainingOnly: "This server is for training and takes no application"
        case .unknownPacket: "No such upload"
        case .conflict: "Another packet was already announced under this id"
        case .chainForked: "Another manifest of this kit has this number, or contradicts this one"
        case .caseKnown: "A packet about this case was received from this kit already"
        case .tooLarge: "The packet is larger than the server takes"
        case .tooManyUploads: "Too many unfinished uploads of this kit"
        case .lengthMismatch: "Upload-Length differs from the manifest's size"
        case .offsetMismatch: "Upload-Offset is not the server's offset"
        case .beyondLength: "The body goes past the announced length"
        case .unknownChecksumAlgorithm: "The checksum algorithm is not known"
        case .checksumMismatch: "Checksum Mismatch"
        case .digestMismatch: "The bytes are not the packet of the manifest"
        case .incomplete: "The packet is not whole yet"
        case .noSuchList: "The server has no such list for this kit"
        case .invalidSeal: "The body is no seal of a day that this kit signed"
        case .sealForked: "This seal contradicts another one of this kit; both are kept"
        case .invalidQuestion: "The body is no question about a revocation"
        case .responderNotAllowed: "The server may not ask this responder"
        case .responderUnreachable: "The responder did not answer"
        case .responderAnswerUnusable: "The responder answered something that is no answer"
        case .tooManyQuestions: "The server is asking too many responders at once"
        case .storageFull: "The server has no room left"
        case .internalFailure: "The server failed"
        }
    }
}
