import StationTestSupport
import Testing

@testable import TerminalKit

@Suite("KeyDecoder")
struct KeyDecoderTests {
    /// Shown as its key, so that a report of the tests steers no terminal.
    struct Vector: Sendable, CustomTestStringConvertible {
        let bytes: String
        let key: Key
        var testDescription: String { key.name }

        init(_ bytes: String, _ key: Key) {
            self.bytes = bytes
            self.key = key
        }
    }

    /// What terminals send, as xterm's ctlseqs and terminfo's entries for linux, rxvt and xterm have it.
    static let vectors: [Vector] = [
        Vector("a", "a"), Vector("Z", "Z"), Vector(" ", "space"), Vector("é", "é"), Vector("€", "€"), Vector("𝄞", "𝄞"),
        Vector("\r", "enter"), Vector("\n", "enter"),
        Vector("\t", "tab"), Vector("\u{7F}", "backspace"), Vector("\u{08}", "backspace"), Vector("\u{0C}", "ctrl+l"),
        Vector("\u{03}", "ctrl+c"),
        Vector("\u{00}", "ctrl+space"), Vector("\u{1B}[A", "up"), Vector("\u{1B}OB", "down"),
        Vector("\u{1B}[C", "right"),
        Vector("\u{1B}OD", "left"), Vector("\u{1B}[H", "home"), Vector("\u{1B}[4~", "end"), Vector("\u{1B}[8~", "end"),
        Vector("\u{1B}[5~", "pageup"), Vector("\u{1B}[3~", "delete"), Vector("\u{1B}[Z", "backtab"),
        Vector("\u{1B}OP", "f1"),
        Vector("\u{1B}[11~", "f1"), Vector("\u{1B}[[A", "f1"), Vector("\u{1B}[[E", "f5"), Vector("\u{1B}OS", "f4"),
        Vector("\u{1B}[15~", "f5"),
        Vector("\u{1B}[20~", "f9"), Vector("\u{1B}[24~", "f12"), Vector("\u{1B}[1;5A", "ctrl+up"),
        Vector("\u{1B}[1;2C", "shift+right"),
        Vector("\u{1B}[15;3~", "alt+f5"), Vector("\u{1B}O5P", "ctrl+f1"), Vector("\u{1B}x", "alt+x"),
        Vector("\u{1B}é", "alt+é"),
    ]

    @Test("Every sequence gives its key, whole and byte by byte", arguments: vectors)
    func vector(_ vector: Vector) {
        let (bytes, key) = (vector.bytes, vector.key)
        var whole = KeyDecoder()
        #expect(whole.handle(Array(bytes.utf8)) == [key])
        #expect(!whole.isWaiting)
        var single = KeyDecoder()
        #expect(bytes.utf8.flatMap { single.handle([$0]) } == [key])
    }

    @Test("A stream cut at any place gives the same keys")
    func cuts() {
        let stream = Self.vectors.flatMap { Array($0.bytes.utf8) }
        let keys = Self.vectors.map(\.key)
        for cut in stream.indices {
            var decoder = KeyDecoder()
            #expect(decoder.handle(stream[..<cut]) + decoder.handle(stream[cut...]) == keys)
        }
    }

    @Test("Escape by itself is told only when nothing followed")
    func escape() {
        var decoder = KeyDecoder()
        #expect(decoder.handle([0x1B]).isEmpty)
        #expect(decoder.isWaiting)
        #expect(decoder.flush() == ["escape"])
        #expect(decoder.handle([0x1B, 0x1B, 0x5B, 0x41]) == ["escape", "up"])
        #expect(decoder.handle([0x1B, 0x5B]).isEmpty)
        #expect(decoder.flush() == ["alt+["])
    }

    @Test(
        "What is no key is dropped whole and never typed",
        arguments: ["?63;1;2;4c", "<0;10;20M", "200~", "99~", "24;80;1;2;3y"])
    func dropped(_ bytes: String) {
        var decoder = KeyDecoder()
        #expect(decoder.handle(Array("\u{1B}[\(bytes)x".utf8)) == ["x"])
    }

    @Test("Broken UTF-8 is dropped and what follows it is read")
    func brokenCharacters() {
        var decoder = KeyDecoder()
        #expect(decoder.handle([0xC3, 0x41, 0xFF, 0xE2, 0x82, 0x42]) == ["A", "B"])
    }

    @Test("What terminfo says of a terminal comes before what is usual")
    func terminfo() {
        var decoder = KeyDecoder(sequences: [Array("\u{1B}[M".utf8): "f1", Array("\u{1B}Oa~".utf8): "f2"])
        #expect(decoder.handle(Array("\u{1B}[M\u{1B}Oa~\u{1B}[A".utf8)) == ["f1", "f2", "up"])
    }

    @Test("Noise never traps, never grows, and never swallows the key after a pause", arguments: [1, 2, 3, 4])
    func noise(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var decoder = KeyDecoder()
        for _ in 0..<20_000 {
            let byte: UInt8 = Bool.random(using: &random) ? 0x1B : .random(in: .min ... .max, using: &random)
            _ = decoder.handle([byte])
        }
        _ = decoder.flush()
        #expect(decoder.handle(Array("q".utf8)) == ["q"])
    }

    @Test("A sequence without an end is given up")
    func endless() {
        var decoder = KeyDecoder()
        _ = decoder.handle(Array("\u{1B}[".utf8) + Array(repeating: UInt8(ascii: "1"), count: 40))
        _ = decoder.handle([0x1B])
        _ = decoder.flush()
        #expect(decoder.handle([0x71]) == ["q"])
    }

    @Test("A key that types describes itself without what it types")
    func description() {
        #expect(Key("é").description == "character")
        #expect(Key("ctrl+l").description == "ctrl+l")
        #expect(Key("space").character == " ")
        #expect(Key("f1").character == nil)
    }
}
