import SyncProtocol

/// The header fields of a PATCH that decide what becomes of its body, as they came.
struct AppendRequest: Hashable {
    var contentType: String?
    var uploadOffset: String?
    var contentLength: String?
    var checksum: String?
}

/// What to do with the body of a PATCH: all decisions of tus 1.0.0 that can be made before its first byte.
struct AppendPlan: Hashable {
    /// Where the body goes.
    let offset: Int
    /// Bytes that may follow.
    let remaining: Int
    let checksum: UploadChecksum?

    /// Decides in the order media type, offset, length, checksum; nothing has changed when it throws.
    init(_ request: AppendRequest, durableOffset: Int, fileSize: Int) throws(Refused) {
        guard request.contentType?.lowercased() == SyncMediaType.offsetStream else {
            throw Refused(.unsupportedMediaType)
        }
        guard let offset = request.uploadOffset.flatMap(ByteCount.parse) else {
            throw Refused(.invalidHeader, SyncHeader.uploadOffset)
        }
        guard offset == durableOffset else { throw Refused(.offsetMismatch, offset: durableOffset) }
        remaining = fileSize - offset
        if let text = request.contentLength {
            guard let length = ByteCount.parse(text) else { throw Refused(.invalidHeader, "Content-Length") }
            guard length <= remaining else { throw Refused(.beyondLength, offset: durableOffset) }
        }
        self.offset = offset
        do throws(UploadChecksum.Problem) {
            checksum = try request.checksum.map { header throws(UploadChecksum.Problem) in
                try UploadChecksum(header: header)
            }
        } catch {
            throw switch error {
            case .unknownAlgorithm: Refused(.unknownChecksumAlgorithm, offset: durableOffset)
            case .malformed: Refused(.invalidHeader, SyncHeader.uploadChecksum)
            }
        }
    }
}
