/// Header fields of tus 1.0.0 and of HTTP that the exchange uses, in the spelling of their specifications.
package enum SyncHeader {
    package static let tusResumable = "Tus-Resumable"
    package static let tusVersion = "Tus-Version"
    package static let tusExtension = "Tus-Extension"
    package static let tusMaximumSize = "Tus-Max-Size"
    package static let tusChecksumAlgorithm = "Tus-Checksum-Algorithm"
    package static let uploadLength = "Upload-Length"
    package static let uploadOffset = "Upload-Offset"
    package static let uploadMetadata = "Upload-Metadata"
    package static let uploadChecksum = "Upload-Checksum"
    /// Carries PATCH or HEAD inside a POST, for a network that blocks the real method.
    package static let methodOverride = "X-HTTP-Method-Override"
    package static let contentType = "Content-Type"
    package static let cacheControl = "Cache-Control"
    package static let location = "Location"
    package static let retryAfter = "Retry-After"
    /// The version of a signed list, in quotation marks.
    package static let entityTag = "ETag"
    /// The version that the kit holds, in the same form.
    package static let ifNoneMatch = "If-None-Match"
}

/// Media types of the bodies that cross the wire.
package enum SyncMediaType {
    /// Body of a PATCH (tus 1.0.0, "PATCH").
    package static let offsetStream = "application/offset+octet-stream"
    /// A receipt: JWS in compact form (RFC 7515 section 9.2.1).
    package static let receipt = "application/jose"
    /// A manifest, in the same form.
    package static let manifest = receipt
    /// The seal of a day, in the same form.
    package static let seal = receipt
    /// A signed list, in the same form.
    package static let signedList = receipt
    /// A refusal (RFC 9457).
    package static let problem = "application/problem+json"
    /// What is sent to an OCSP responder (RFC 6960 A.1).
    package static let ocspRequest = "application/ocsp-request"
    package static let json = "application/json"
}
