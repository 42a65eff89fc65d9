import Crypto
import Foundation
import OfflineCacheSchema
import Testing

@Suite("The roots of cards that are part of the program")
struct CardRootsTests {
    @Test("each certificate is the one that its fingerprint names")
    func fingerprints() throws {
        let list = try #require(try JSONSerialization.jsonObject(with: Data(CardRoots.json)) as? [String: Any])
        let roots = try #require(list["roots"] as? [[String: Any]])
        #expect(roots.count == 6)
        for root in roots {
            let certificate = try #require((root["certificate"] as? String).flatMap { Data(base64Encoded: $0) })
            let digest = SHA256.hash(data: certificate).map { String(format: "%02x", $0) }.joined()
            #expect(root["sha256"] as? String == digest)
        }
    }

    @Test("it is version 1, with which every later list is compared")
    func version() throws {
        let list = try #require(try JSONSerialization.jsonObject(with: Data(CardRoots.json)) as? [String: Any])
        #expect(list["version"] as? Int == 1)
    }
}
