import Crypto
import FoundationEssentials

/// A JWS in compact form (RFC 7515 7.1) of the one kind that this product makes: ES256, with exactly
/// `alg`, `kid` and `typ` in its header.
///
/// What is left out cannot be attacked: no embedded keys, no `crit`, no choice of algorithm. The
/// `typ` keeps a manifest from being taken for a receipt (RFC 8725 3.11).
enum CompactSignature {
    /// No manifest or receipt comes near; it bounds the work that a hostile one can ask for.
    static let largestByteCount = 16 << 10

    static func sign(_ payload: [UInt8], type: String, with key: SigningKey) throws(StatementError) -> String {
        let header = #"{"alg":"ES256","kid":"\#(key.keyID)","typ":"\#(type)"}"#
        let signed = Base64.url.encode(Array(header.utf8)) + Array(".".utf8) + Base64.url.encode(payload)
        guard let signature = try? key.key.signature(for: signed) else { throw .signingFailed }
        let text = signed + Array(".".utf8) + Base64.url.encode(signature.rawRepresentation)
        return String(decoding: text, as: UTF8.self)
    }

    /// Gives the payload when the statement is of `type` and one of `keys` made it.
    ///
    /// - Parameter limit: characters that a statement of this type may have.
    static func verify(
        _ compact: String, type: String, keys: some Sequence<VerifyingKey>, limit: Int = largestByteCount
    ) throws(StatementError) -> (payload: [UInt8], key: VerifyingKey) {
        guard compact.utf8.count <= limit else { throw .malformed }
        let text = Array(compact.utf8)
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64.url.decode(parts[0]), let payload = Base64.url.decode(parts[1]),
            let raw = Base64.url.decode(parts[2])
        else { throw .malformed }
        guard let members = FlatJSONObject.parse(header), Set(members.keys) == ["alg", "kid", "typ"] else {
            throw .unexpectedHeader
        }
        guard members["alg"] == "ES256" else { throw .algorithmNotAllowed }
        guard members["typ"] == type else { throw .otherType }
        guard let key = keys.first(where: { $0.keyID == members["kid"] }) else { throw .unknownKey }
        let signed = Array(text[..<(parts[0].count + 1 + parts[1].count)])
        guard raw.count == 64, let signature = try? P256.Signing.ECDSASignature(rawRepresentation: raw),
            key.key.isValidSignature(signature, for: signed)
        else { throw .wrongSignature }
        return (payload, key)
    }

    /// What a manifest claims, for showing only: nothing of it has been checked.
    static func unverifiedManifest(_ compact: String) -> (manifest: Manifest, keyID: String)? {
        let parts = compact.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard compact.utf8.count <= largestByteCount, parts.count == 3,
            let keyID = Base64.url.decode(parts[0]).flatMap(FlatJSONObject.parse)?["kid"],
            let manifest = Base64.url.decode(parts[1]).flatMap({ try? decode(Manifest.self, $0) })
        else { return nil }
        return (manifest, keyID)
    }

    /// How a statement is named by the next one in its chain: lower-case hex SHA-256 of its text.
    static func digest(_ compact: String) -> String { hexadecimal(SHA256.hash(data: Array(compact.utf8))) }

    static func encode(_ statement: some Encodable) throws(StatementError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(statement) else { throw .signingFailed }
        return Array(data)
    }

    static func decode<Statement: Decodable>(
        _ type: Statement.Type, _ payload: [UInt8]
    ) throws(StatementError) -> Statement {
        guard let statement = try? JSONDecoder().decode(type, from: Data(payload)) else { throw .unreadable }
        return statement
    }
}
