import Testing

@testable import PacketFormat

@Suite("ASCII armour")
struct AgeArmorTests {
    private func read(_ text: String, piece: Int = .max) throws -> [UInt8] {
        var (reader, bytes) = (AgeArmorReader(), [UInt8]())
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            try reader.update(Array(rest.prefix(piece))) { bytes += $0 }
            rest = rest.dropFirst(piece)
        }
        try reader.finish { bytes += $0 }
        return bytes
    }

    private func write(_ bytes: [UInt8]) throws -> String {
        var (writer, text) = (AgeArmorWriter(), [UInt8]())
        for byte in bytes { try writer.update([byte]) { text += $0 } }
        try writer.finish { text += $0 }
        return String(decoding: text, as: UTF8.self)
    }

    @Test("comes off as it went on", arguments: [0, 1, 2, 3, 47, 48, 49, 95, 96, 1_000])
    func roundTrip(count: Int) throws {
        let bytes = AgeFixtures.plaintext(count)
        let text = try write(bytes)
        #expect(try read(text) == bytes)
        #expect(try read(text, piece: 1) == bytes)
        #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 64 })
    }

    private static let begin = "-----BEGIN AGE ENCRYPTED FILE-----\n"
    private static let end = "-----END AGE ENCRYPTED FILE-----"

    @Test(
        "may have CRLF, white space around it, and no line feed at its end",
        arguments: [
            "\(begin)AAAA\n\(end)", "\r\n \t\n\(begin)AAAA\n\(end)\n\n \n",
            "-----BEGIN AGE ENCRYPTED FILE-----\r\nAAAA\r\n\(end)\r\n",
        ])
    func accepts(text: String) throws {
        #expect(try read(text) == [0, 0, 0])
    }

    @Test(
        "is refused",
        arguments: [
            "", "\n", "\(begin)", "\(begin)AAAA\n", "\(begin)AAAA\n-----END AGE", "x\n\(begin)AAAA\n\(end)",
            "\(begin)AAAA\n\(end)\nx", "\(begin)AAAA\n\(end)x", "\(begin)AAA\n\(end)", "\(begin)AAB=\n\(end)",
            "\(begin)AAAA\nAAAA\n\(end)", "\(begin)\nAAAA\n\(end)", "\(begin)AAAA\n\n\(end)", "\(begin)AAAA \n\(end)",
            "\(begin) AAAA\n\(end)", "\(begin)AA=\n=\n\(end)", "\(begin)\(String(repeating: "A", count: 68))\n\(end)",
            " \(begin)AAAA\n\(end)", "-----BEGIN AGE ENCRYPTED FILE----- \nAAAA\n\(end)",
            "-----begin age encrypted file-----\nAAAA\n\(end)", "\(begin)Comment: x\n\nAAAA\n\(end)",
            String(repeating: "\n", count: 1_100) + "\(begin)AAAA\n\(end)", String(repeating: "A", count: 2_000),
        ])
    func refuses(text: String) {
        #expect { try read(text) } throws: { ($0 as? AgeError)?.failure == .armor }
    }
}
