import EnrolmentCore
import Foundation
import Testing

@testable import OfflineCache

@Suite("Argon2id")
struct Argon2idTests {
    /// Debian's package `argon2`: the reference implementation of the algorithm's authors.
    private static let witness = "/usr/bin/argon2"

    @Test(
        "gives the hash that the authors' own program gives",
        .enabled(if: FileManager.default.isExecutableFile(atPath: witness), "Debian's package argon2 is not installed"),
        arguments: [(8192, 1), (65_536, 3)])
    func reference(memoryKiB: Int, passes: Int) throws {
        for text in ["een goede zin", "wachtwoord met é en ß", String(repeating: "lang ", count: 20)] {
            let salt = "TEST-SALT-16-BYT"
            let cost = Argon2id.Cost(memoryKiB: memoryKiB, passes: passes)
            let ours = try Argon2id(of: try secret(text), salt: Array(salt.utf8), cost: cost)
            #expect(try Self.hash(text, salt, cost) == ours.hash.map { Self.hex($0) }.joined())
        }
    }

    @Test("a cost out of its bounds, a salt of another length and a hash of another kind are refused")
    func bounds() throws {
        let salt = [UInt8](repeating: 7, count: 16)
        for cost in [(0, 3), (8191, 3), (1 << 30, 1), (8192, 0), (8192, 17), (-1, -1)] {
            #expect(throws: StoreError.self) {
                try Argon2id(
                    of: try secret("x"), salt: salt, cost: Argon2id.Cost(memoryKiB: cost.0, passes: cost.1))
            }
        }
        #expect(throws: StoreError.self) { try Argon2id(of: try secret("x"), salt: [1], cost: .least) }
        let held = try Argon2id(of: try secret("x"), salt: salt, cost: .least)
        let json = try String(decoding: JSONEncoder().encode(held), as: UTF8.self)
        let other = json.replacingOccurrences(of: "argon2id-13", with: "md5")
        let strange = try JSONDecoder().decode(Argon2id.self, from: Data(other.utf8))
        #expect(throws: StoreError.self) { try strange.matches(try secret("x")) }
        #expect(try held.matches(try secret("x")))
        #expect(try !held.matches(try secret("y")))
    }

    private static func hash(_ text: String, _ salt: String, _ cost: Argon2id.Cost) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: witness)
        process.arguments = [
            salt, "-id", "-v", "13", "-t", "\(cost.passes)", "-k", "\(cost.memoryKiB)", "-p", "1", "-l", "32", "-r",
        ]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
