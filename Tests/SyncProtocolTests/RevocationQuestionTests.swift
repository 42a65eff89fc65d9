import SyncProtocol
import Testing

@Suite("A question about a revocation")
struct RevocationQuestionTests {
    @Test("is read back as it was written")
    func roundTrip() throws {
        for question in [
            RevocationQuestion(kind: .ocsp, url: "http://ocsp.example/eid", request: [0x30, 0xFF, 0]),
            RevocationQuestion(kind: .crl, url: "http://crl.example/a.crl"),
        ] {
            #expect(try RevocationQuestion(decoding: question.encoded()) == question)
        }
        let longest = RevocationQuestion(
            kind: .ocsp, url: String(repeating: "x", count: RevocationQuestion.longestURL),
            request: [UInt8](repeating: 0xFF, count: RevocationQuestion.largestRequest))
        #expect(try RevocationQuestion(decoding: longest.encoded()) == longest)
        #expect(try longest.encoded().count <= RevocationQuestion.largestBody)
    }

    @Test(
        "is refused when it is none",
        arguments: [
            "", "{}", "[]", #"{"kind":"ocsp","url":"http://a"}"#, #"{"kind":"crl","request":"MAA=","url":"http://a"}"#,
            #"{"kind":"ldap","url":"http://a"}"#, #"{"kind":"crl"}"#, #"{"kind":"crl","url":7}"#,
            #"{"kind":"ocsp","request":"no base64!","url":"http://a"}"#,
            #"{"kind":"crl","url":"\#(String(repeating: "x", count: 513))"}"#,
        ])
    func refused(text: String) {
        #expect(throws: DecodingError.self) { try RevocationQuestion(decoding: Array(text.utf8)) }
    }
}

@Suite("A list's version as a header field")
struct EntityTagTests {
    @Test("is read back as it was written, and no other text is read")
    func form() {
        for version in [0, 1, 42, Int.max] {
            let tag = EntityTag(version: version)
            #expect(EntityTag(header: tag.header) == tag)
        }
        for text in [
            "", "\"", "\"\"", "1", "W/\"1\"", "\"01\"", "\"-1\"", "\"1\", \"2\"", "*", "\"1 \"",
            "\"9223372036854775808\"",
        ] {
            #expect(EntityTag(header: text) == nil, "\(text)")
        }
    }
}
