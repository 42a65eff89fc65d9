import Crypto
import Testing

@testable import PacketFormat

@Suite("The sealer of an age payload")
struct AgePayloadSealerTests {
    private let key = SymmetricKey(data: (0..<32).map { UInt8($0) })
    /// With as many bytes before it, seven chunks end where a block does.
    private static let endsWithBlock = AgePayloadSealer.blockByteCount - 7 * AgePayload.sealedByteCount

    @Test(
        "gives the file on in whole blocks, and the rest at its end",
        arguments: [0, 184, endsWithBlock - 1, endsWithBlock, endsWithBlock + 1], [1, 7, 8, 9, 25])
    func blocks(startByteCount: Int, chunkCount: Int) throws {
        let start = [UInt8](repeating: 0x61, count: startByteCount)
        let plain = AgeFixtures.plaintext(chunkCount * AgePayload.chunkByteCount - 5)
        let file = try seal(plain, after: start, piece: .max)
        let count = startByteCount + plain.count + chunkCount * AgePayload.tagByteCount
        #expect(file.joined().count == count)
        #expect(file.dropLast().allSatisfy { $0.count == AgePayloadSealer.blockByteCount })
        // What the final chunk brings stays with the block before it.
        #expect(file.last.map { $0.count < AgePayloadSealer.blockByteCount + AgePayload.sealedByteCount } == true)

        #expect(Array(file.joined().prefix(startByteCount)) == start)
        var (opener, opened) = (AgePayloadOpener(key: key), [UInt8]())
        try opener.update(ArraySlice(file.joined().dropFirst(startByteCount))) { opened += $0 }
        try opener.finish { opened += $0 }
        #expect(opened == plain)
    }

    @Test("gives the same blocks whatever the pieces of its input", arguments: [1_000, 65_536, 65_537, 700_000])
    func pieces(piece: Int) throws {
        let plain = AgeFixtures.plaintext(1_400_000)
        #expect(try seal(plain, after: [], piece: piece) == seal(plain, after: [], piece: .max))
    }

    @Test("never gives a block on twice or changes it when the sink keeps it")
    func keptBlocks() throws {
        let plain = [UInt8](repeating: 0, count: 1_400_000)
        let file = try seal(plain, after: [1, 2, 3], piece: 65_536)
        #expect(Set(file.map { Array($0.prefix(64)) }).count == file.count)
    }

    private func seal(_ plain: [UInt8], after start: [UInt8], piece: Int) throws -> [[UInt8]] {
        var (sealer, file) = (AgePayloadSealer(key: key, after: start), [[UInt8]]())
        var rest = plain[...]
        while !rest.isEmpty {
            try sealer.update(Array(rest.prefix(piece))) { file.append($0) }
            rest = rest.dropFirst(piece)
        }
        try sealer.finish { file.append($0) }
        return file
    }
}
