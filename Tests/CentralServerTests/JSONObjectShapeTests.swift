import Foundation
import Testing

@testable import loket_central

@Suite("The shape of a JSON object")
struct JSONObjectShapeTests {
    private func isWhole(_ text: String) -> Bool {
        var shape = JSONObjectShape()
        for byte in text.utf8 { shape.update([byte]) }
        return shape.isWhole
    }

    @Test(
        "is seen",
        arguments: ["{}", " {\"a\":[1,{\"b\":\"}]\\\"\"}]}\n", "{\"\u{E9}\":\"\\\\\"}", "{\"a\":-1.5e3,\"b\":null}"])
    func whole(text: String) { #expect(isWhole(text)) }

    @Test(
        "is missed in what is cut, doubled, of another kind, or could steer a terminal",
        arguments: [
            "", " ", "[]", "\"a\"", "1", "{", "{}}", "{}{}", "{} x", "x{}", "{]", "{\"a\":[}", "{\"a", "{\"a\\\"}",
            "{\"\u{1B}[2J\":1}", "{\u{1B}}", "{\u{E9}:1}", "\u{0}{}", String(repeating: "{", count: 600),
        ])
    func broken(text: String) { #expect(!isWhole(text)) }

    @Test(
        "is missed in what only has its brackets",
        arguments: [
            "{:,\"a\" 1 zzz}", "{\"a\" 1}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\":[1,]}", "{\"a\":[,]}",
            "{\"a\":01}",
            "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":+1}", "{\"a\":tru}", "{\"a\":nulll}",
            "{a:1}",
            "{1:1}", "{\"a\":'b'}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\\udc00\"}",
            "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":1 2}", "{\"a\":1}}", "{\"a\":1}]", "\u{FEFF}{}", "{\"a\":\"\t\"}",
        ])
    func malformed(text: String) {
        #expect(!isWhole(text))
        // Foundation reads past a byte order mark and a last comma, which RFC 8259 does not have.
        let isLenient = text.hasPrefix("\u{FEFF}") || text.contains(",}") || text.contains(",]")
        #expect(isLenient || (try? JSONSerialization.jsonObject(with: Data(text.utf8))) == nil)
    }

    @Test(
        "is seen in every form of a value",
        arguments: [
            "{\"a\":[0,-0,0.5,1e9,1E-9,-12.50e+3,true,false,null,[],{},\"\"]}", "{\"\":{\"a\":[[[]]]}}",
            "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u009b\\ud83d\\ude00\"}", "{\"é\":\"ß漢😀\"}",
            "\r\n\t{ \"a\" : 1 , \"b\" : [ 1 , 2 ] }\n",
        ])
    func values(text: String) throws {
        #expect(isWhole(text))
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    @Test(
        "is refused with a character that steers a terminal or is not seen",
        arguments: [
            "\u{7F}", "\u{9B}", "\u{85}", "\u{202E}", "\u{200B}", "\u{2028}", "\u{2066}", "\u{FEFF}", "\u{E0041}",
        ])
    func unseen(character: String) {
        var shape = JSONObjectShape()
        shape.update(Array("{\"a\":\"\(character)\"}".utf8))
        #expect(shape.fault == .unseenText)
    }

    @Test(
        "is refused in what is no UTF-8",
        arguments: [
            [0xFF, 0xFE], [0x80], [0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80],
        ])
    func noUTF8(bytes: [UInt8]) {
        var shape = JSONObjectShape()
        shape.update(Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8))
        #expect(shape.fault == .unseenText)
    }

    @Test("agrees with a parser on what is left of a document when any byte of it is changed")
    func agrees() {
        let text = Array("{\"a\":[1,-2.5e3,true,null,{\"b\":\"\\u00e9c\"}],\"d\":\"é\"}".utf8)
        for index in text.indices {
            for byte in UInt8(0x20)...0x7E {
                var changed = text
                changed[index] = byte
                var shape = JSONObjectShape()
                shape.update(changed)
                let parsed = try? JSONSerialization.jsonObject(with: Data(changed)) as? [String: Any]
                #expect(shape.isWhole == (parsed != nil), "\(index) \(byte)")
            }
        }
    }
}
