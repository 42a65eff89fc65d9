import Glibc
import Testing

@testable import TerminalKit

@Suite("What was typed leaves no trace")
struct InputBufferTests {
    @Test("Bytes are lent once, and their memory is zero afterwards")
    func zeroed() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let buffer = InputBuffer()
        let typed = Array("270519481516".utf8)
        #expect(write(ends[1], typed, typed.count) == typed.count)
        var place: UnsafeRawPointer?
        let seen = buffer.read(ends[0]) { bytes in
            place = bytes.baseAddress
            return [UInt8](bytes)
        }
        #expect(seen == typed)
        #expect(place != nil)
        let memory = UnsafeRawBufferPointer(start: place, count: InputBuffer.capacity)
        #expect(memory.allSatisfy { $0 == 0 })
        close(ends[1])
        #expect(buffer.read(ends[0]) { $0.isEmpty })
    }

    @Test(
        "A decoder keeps no byte that it is done with",
        arguments: ["270519481516", "\u{1B}[15;3~\u{1B}OA\u{1B}[[A", "é€𝄞"])
    func decoder(_ typed: String) {
        var decoder = KeyDecoder()
        var fed = 0
        for byte in typed.utf8 {
            _ = decoder.handle([byte])
            fed += 1
            guard decoder.pending.isEmpty else { continue }
            #expect(storage(decoder, fed).allSatisfy { $0 == 0 })
            fed = 0
        }
        #expect(fed == 0)
    }

    /// The first bytes of what a decoder holds its input in, in use or not.
    private func storage(_ decoder: KeyDecoder, _ count: Int) -> [UInt8] {
        decoder.pending.withUnsafeBytes { bytes in
            [UInt8](UnsafeRawBufferPointer(start: bytes.baseAddress, count: min(count, decoder.pending.capacity)))
        }
    }

    @Test("A decoder that gives up what waits zeroes it, too")
    func flushing() {
        var decoder = KeyDecoder()
        #expect(decoder.handle([0x1B, 0x35]) == ["alt+5"])
        _ = decoder.handle([0x1B, 0x5B, 0x37])
        #expect(decoder.isWaiting)
        _ = decoder.flush()
        #expect(!decoder.isWaiting)
        #expect(storage(decoder, 3).allSatisfy { $0 == 0 })
    }
}
