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
            "\n\t{ \"a\" : 1 , \"b\" : [ 1 , 2 ] }\n",
        ])
    func values(text: String) throws {
        #expect(isWhole(text))
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    @Test(
        "is refused with a character that steers a terminal or is not seen",
        arguments: [
            "\u{7F}", "\u{9B}", "\u{85}", "\u{202E}", "\u{200B}", "\u{2028}", "\u{2029}", "\u{2066}", "\u{FEFF}",
            "\u{E0041}", "\u{AD}", "\u{600}", "\u{F8FF}", "\u{10FFFD}", "\u{FFF9}", "\u{110BD}",
        ])
    func unseen(character: String) { #expect(fault(ofText: character) == .unseenText) }

    /// As DerivedCoreProperties.txt of Unicode 15 lists them.
    private static let ignorable: [ClosedRange<UInt32>] = [
        0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
        0x202A...0x202E, 0x2060...0x206F, 0x3164...0x3164, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0,
        0xFFF0...0xFFF8, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF,
    ]

    @Test("is refused with every character that may be left out when text is shown, and not with its neighbours")
    func ignorable() throws {
        for range in Self.ignorable {
            for value in range {
                let scalar = try #require(Unicode.Scalar(value))
                #expect(fault(ofText: String(scalar)) == .unseenText, "U+\(String(value, radix: 16))")
            }
        }
        for neighbour in [
            "\u{AE}", "\u{350}", "\u{115E}", "\u{17B3}", "\u{2010}", "\u{3163}", "\u{FF9F}", "é", "ß", "漢", "😀",
        ] {
            #expect(fault(ofText: neighbour) == nil, "\(neighbour)")
        }
    }

    private func fault(ofText text: String) -> JSONObjectShape.Fault? {
        var shape = JSONObjectShape()
        shape.update(Array("{\"a\":\"\(text)\"}".utf8))
        return shape.fault
    }

    @Test("is refused with a carriage return wherever it stands, since a terminal writes over the line behind it")
    func carriageReturn() {
        let text = Array("{ \"a\" : [ 1 , true ] }".utf8)
        for index in 0...text.count {
            var shape = JSONObjectShape()
            shape.update(text[..<index] + [0x0D] + text[index...])
            // In the middle of `true` it is no word any more.
            #expect(shape.fault != nil, "\(index)")
        }
        for text in ["{\"name\":\"A\"\r,\"name\":\"B\"}", "\r{}", "{}\r\n", "{\"a\":1\r}", "{\"a\":\"\r\"}"] {
            var shape = JSONObjectShape()
            shape.update(Array(text.utf8))
            #expect(shape.fault == .unseenText)
        }
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
