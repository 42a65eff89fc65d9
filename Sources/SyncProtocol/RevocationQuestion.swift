import FoundationEssentials

/// What a kit has central ask of the authorities' servers: was a certificate of a card revoked?
///
/// A kit in the field has no way to them, and at sync only to central. Central passes the question and
/// the answer on as bytes: the kit alone judges the answer, by its signature.
package struct RevocationQuestion: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// A request by RFC 6960, sent by POST.
        case ocsp
        /// A revocation list by RFC 5280 5, fetched by GET.
        case crl

        /// The media type of what comes back (RFC 6960 C.2, RFC 2585 4.2).
        package var answerType: String {
            switch self {
            case .ocsp: "application/ocsp-response"
            case .crl: "application/pkix-crl"
            }
        }

        /// Bytes that an answer may have.
        package var largestAnswer: Int {
            switch self {
            case .ocsp: 64 << 10
            case .crl: 8 << 20
            }
        }
    }

    package let kind: Kind
    /// As in the certificate, for example `http://ocsp.eidpki.belgium.be/eid/0`.
    package let url: String
    /// DER; empty for a list.
    package let request: [UInt8]

    /// Bytes of `request`; one with a nonce and a single certificate has about a hundred.
    package static let largestRequest = 8 << 10
    /// Characters of `url`.
    package static let longestURL = 512
    /// Bytes of the whole question as it crosses the wire: base64 makes three bytes four.
    package static let largestBody = 16 << 10

    package init(kind: Kind, url: String, request: [UInt8] = []) {
        self.kind = kind
        self.url = url
        self.request = request
    }

    package func encoded() throws -> [UInt8] { try WireJSON.encode(self) }

    /// Throws `DecodingError` for anything that is not a question in its one form and within its bounds.
    package init(decoding bytes: [UInt8]) throws { self = try WireJSON.decode(Self.self, from: bytes) }
}

extension RevocationQuestion: Codable {
    private enum CodingKeys: String, CodingKey { case kind, url, request }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(Kind.self, forKey: .kind)
        url = try container.decode(String.self, forKey: .url)
        request = [UInt8](try container.decodeIfPresent(Data.self, forKey: .request) ?? Data())
        guard url.utf8.count <= Self.longestURL, request.count <= Self.largestRequest,
            request.isEmpty == (kind == .crl)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "no question about a revocation"))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(url, forKey: .url)
        if !request.isEmpty { try container.encode(Data(request), forKey: .request) }
    }
}
