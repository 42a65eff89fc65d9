import SyncProtocol
import Testing

@Suite("Fields of tus 1.0.0")
struct TusFieldTests {
    @Test("Sizes are plain decimal integers", arguments: [("0", 0), ("007", 7), ("9223372036854775807", Int.max)])
    func sizes(text: String, count: Int) {
        #expect(ByteCount.parse(text) == count)
    }

    @Test(
        "Anything else is no size",
        arguments: ["", "-1", "+1", " 1", "1 ", "1.0", "0x1", "١", "9223372036854775808", "99999999999999999999"])
    func noSize(text: String) {
        #expect(ByteCount.parse(text) == nil)
    }

    /// The vectors of the tus fact sheet for the body `hello world`, computed with other programs.
    @Test(
        "A checksum agrees with the published vectors",
        arguments: [
            (ChecksumAlgorithm.sha1, "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="),
            (.sha256, "sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="),
        ])
    func checksumVectors(algorithm: ChecksumAlgorithm, header: String) throws {
        let checksum = UploadChecksum(of: Array("hello world".utf8), using: algorithm)
        #expect(checksum.header == header)
        #expect(try UploadChecksum(header: header) == checksum)
    }

    @Test("A checksum over pieces is the checksum over the whole", arguments: ChecksumAlgorithm.allCases)
    func checksumInPieces(algorithm: ChecksumAlgorithm) {
        let body = Array("hello world".utf8)
        for cut in 0...body.count {
            var run = ChecksumRun(algorithm)
            run.update(Array(body[..<cut]))
            run.update(Array(body[cut...]))
            #expect(run.finish() == UploadChecksum(of: body, using: algorithm))
        }
    }

    @Test(
        "A checksum of an unknown algorithm is told apart from a malformed one",
        arguments: [
            ("md5 XrY7u+Ae7tCTyyK7j1rNww==", UploadChecksum.Problem.unknownAlgorithm),
            ("SHA1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", .unknownAlgorithm), ("sha1", .malformed), ("", .malformed),
            ("sha1 ", .malformed), ("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0", .malformed),
            ("sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", .malformed), ("sha1  Kq5sNclPz7QV2+lfQIuc6R7oRu0=", .malformed),
        ])
    func badChecksums(header: String, problem: UploadChecksum.Problem) {
        #expect(throws: problem) { try UploadChecksum(header: header) }
    }

    @Test("Metadata reads what it writes, also an empty value and any bytes")
    func metadata() {
        let metadata = UploadMetadata(values: ["a": [], "b": [0, 255, 10], "manifest": Array("e.e.e".utf8)])
        #expect(metadata.header == "a,b AP8K,manifest ZS5lLmU=")
        #expect(UploadMetadata(header: metadata.header) == metadata)
        #expect(UploadMetadata(header: "a ,b AP8K, manifest ZS5lLmU=") == metadata)
        #expect(metadata.signedManifest == "e.e.e")
    }

    @Test(
        "Metadata that breaks the grammar is refused whole",
        arguments: ["", ",", "a,", "a YQ==,a YQ==", "a !", "a YQ", "a Y Q==", "\u{e9} YQ=="])
    func badMetadata(header: String) {
        #expect(UploadMetadata(header: header) == nil)
    }

    @Test("A manifest with a byte that no JWS holds is no manifest", arguments: ["a.b\r\nX: y", "a b", "", "a=."])
    func smuggledManifest(text: String) {
        #expect(UploadMetadata(values: ["manifest": Array(text.utf8)]).signedManifest == nil)
    }

    @Test("Capabilities read what they write")
    func capabilities() throws {
        let capabilities = TusCapabilities(maximumSize: 1000)
        let fields = Dictionary(uniqueKeysWithValues: capabilities.headers.map { ($0.name, $0.value) })
        #expect(fields["Tus-Extension"] == "checksum,creation")
        #expect(fields["Tus-Checksum-Algorithm"] == "sha256,sha1")
        #expect(TusCapabilities { fields[$0] } == capabilities)
        #expect(capabilities.isUsable)
    }

    @Test("An answer without the protocol's header is not central's, whatever its status")
    func captivePortal() {
        #expect(TusCapabilities { _ in nil } == nil)
        #expect(TusCapabilities { $0 == "Tus-Version" ? "0.2.2" : nil }?.isUsable == false)
    }
}
