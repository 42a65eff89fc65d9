import Foundation
import Testing

@testable import PacketFormat

@Suite(
    "Another JWS implementation",
    .enabled("needs Python with cryptography") {
        Witness.canRun("python3", Witness.script("packet-jws.py"), "--can")
    })
struct StatementWitnessTests {
    private let directory: TemporaryDirectory
    private let key = KitSigningKey()

    init() throws { directory = try TemporaryDirectory() }

    private func run(_ arguments: String...) throws -> String {
        let outcome = try Witness.run(["python3", Witness.script("packet-jws.py")] + arguments)
        try #require(outcome.status == 0, "\(outcome.output)")
        return outcome.output
    }

    private func file(_ name: String, _ text: String) throws -> String {
        try directory.write(Array(text.utf8), as: name)
        return directory.url.appending(component: name).path
    }

    @Test("verifies our manifest with the exported public key, and finds the same key id")
    func theyVerify() throws {
        let signed = try ManifestSigner(key: key).sign(StatementFixtures.manifest())
        let payload = try run("verify", try file("key.pem", key.verifyingKey.pem), try file("m.jws", signed.compact))
        #expect(try JSONDecoder().decode(Manifest.self, from: Data(payload.utf8)) == signed.manifest)
    }

    @Test("makes a manifest with the exported private key that we believe")
    func theySign() throws {
        let manifest = StatementFixtures.manifest()
        let payload = String(decoding: try JSONEncoder().encode(manifest), as: UTF8.self)
        let compact = try run(
            "sign", try file("key.pem", key.pem), ManifestSigner.type, try file("payload", payload))
        let verifier = ManifestVerifier(keys: [StatementFixtures.kit: [key.verifyingKey]])
        #expect(try verifier.verify(compact).manifest == manifest)
    }
}
