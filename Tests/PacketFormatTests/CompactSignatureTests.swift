import Testing

@testable import PacketFormat

@Suite("A compact signature")
struct CompactSignatureTests {
    private let key = SigningKey()

    private func verify(_ compact: String) throws(StatementError) -> [UInt8] {
        try CompactSignature.verify(compact, type: "t", keys: [key.verifyingKey]).payload
    }

    /// A statement with a header of choice and a signature that holds.
    private func signed(header: String, payload: [UInt8] = [1, 2]) throws -> String {
        let text = Base64.url.encode(Array(header.utf8)) + Array(".".utf8) + Base64.url.encode(payload)
        let signature = try key.key.signature(for: text).rawRepresentation
        return String(decoding: text + Array(".".utf8) + Base64.url.encode(Array(signature)), as: UTF8.self)
    }

    @Test("holds for what was signed")
    func roundTrip() throws {
        #expect(try verify(CompactSignature.sign([1, 2, 3], type: "t", with: key)) == [1, 2, 3])
        #expect(try verify(signed(header: #" { "typ" : "t","kid":"\#(key.keyID)" , "alg":"ES256" } "#)) == [1, 2])
    }

    @Test("never holds when one character is changed")
    func everyCharacter() throws {
        let compact = Array(try CompactSignature.sign(Array("{}".utf8), type: "t", with: key))
        for index in compact.indices {
            var changed = compact
            changed[index] = changed[index] == "A" ? "B" : "A"
            #expect(throws: StatementError.self, "character \(index)") { try verify(String(changed)) }
        }
    }

    @Test("is refused when it is not three strict base64url parts")
    func form() throws {
        let compact = try CompactSignature.sign([1], type: "t", with: key)
        for text in ["", ".", "..", compact + ".", "." + compact, compact + "=", compact + "\n", " " + compact] {
            #expect(throws: StatementError.self) { try verify(text) }
        }
        #expect(throws: StatementError.malformed) { try verify(String(repeating: "A", count: 20_000)) }
    }

    @Test("is refused for any header that is not exactly alg, kid and typ")
    func headers() throws {
        let kid = #""kid":"\#(key.keyID)""#
        let refused: [(String, StatementError)] = [
            (#"{"alg":"none",\#(kid),"typ":"t"}"#, .algorithmNotAllowed),
            (#"{"alg":"HS256",\#(kid),"typ":"t"}"#, .algorithmNotAllowed),
            (#"{"alg":"es256",\#(kid),"typ":"t"}"#, .algorithmNotAllowed),
            (#"{"alg":"ES256",\#(kid),"typ":"u"}"#, .otherType),
            (#"{"alg":"ES256","kid":"x","typ":"t"}"#, .unknownKey),
            (#"{"alg":"ES256",\#(kid)}"#, .unexpectedHeader),
            (#"{"alg":"ES256","alg":"ES256",\#(kid),"typ":"t"}"#, .unexpectedHeader),
            (#"{"alg":"ES256",\#(kid),"typ":"t","crit":["exp"]}"#, .unexpectedHeader),
            (#"{"alg":"ES256",\#(kid),"typ":"t","crit":"x"}"#, .unexpectedHeader),
            (#"{"alg":"ES256",\#(kid),"typ":"t","jwk":"x"}"#, .unexpectedHeader),
            (#"{"alg":"ES256",\#(kid),"typ":"t"}x"#, .unexpectedHeader),
            (#"{"alg":"ES256",\#(kid),"typ":"\u0074"}"#, .unexpectedHeader),
            (#"{"alg":"ES256",\#(kid),"typ":"t",}"#, .unexpectedHeader), ("{}", .unexpectedHeader),
            ("[]", .unexpectedHeader), ("", .unexpectedHeader),
        ]
        for (header, error) in refused {
            #expect(throws: error, "\(header)") { try verify(signed(header: header)) }
        }
    }

    @Test("of another key is refused")
    func otherKey() throws {
        let other = SigningKey()
        #expect(throws: StatementError.unknownKey) { try verify(CompactSignature.sign([1], type: "t", with: other)) }
    }

    @Test("a key is read back from bytes and from PEM, under the same name")
    func keys() throws {
        #expect(try SigningKey(raw: key.raw).keyID == key.keyID)
        #expect(try SigningKey(pem: key.pem).keyID == key.keyID)
        #expect(try VerifyingKey(raw: key.verifyingKey.raw) == key.verifyingKey)
        #expect(try VerifyingKey(pem: key.verifyingKey.pem) == key.verifyingKey)
        #expect(key.keyID.utf8.count == 43)
        #expect("\(key)" == "SigningKey(\(key.keyID))")
        #expect(throws: SigningKeyError.notPrivateKey) { try SigningKey(raw: [1]) }
        #expect(throws: SigningKeyError.notPrivateKey) { try SigningKey(pem: "-----BEGIN NOTHING-----") }
        #expect(throws: SigningKeyError.notPublicKey) { try VerifyingKey(raw: [UInt8](repeating: 1, count: 64)) }
    }
}
