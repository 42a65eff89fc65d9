import Testing

@testable import PacketFormat

@Suite("Base64")
struct Base64Tests {
    @Test(
        "gives RFC 4648's vectors",
        arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func vectors(plain: String, text: String) {
        #expect(Base64.padded.encode(Array(plain.utf8)) == Array(text.utf8))
        #expect(Base64.padded.decode(Array(text.utf8)) == Array(plain.utf8))
        let bare = Array(text.utf8.filter { $0 != UInt8(ascii: "=") })
        #expect(Base64.unpadded.encode(Array(plain.utf8)) == bare)
        #expect(Base64.unpadded.decode(bare) == Array(plain.utf8))
    }

    @Test(
        "has one text for each bytes",
        arguments: ["Zh", "Zm9=", "Z", "Zg=", "Zg", "Zg===", "=", "====", "Zm 8", "Zm8=\n"])
    func canonical(text: String) {
        if text != "Zg" { #expect(Base64.unpadded.decode(Array(text.utf8)) == nil) }
        #expect(Base64.padded.decode(Array(text.utf8)) == nil)
    }

    @Test("for URLs uses its own two characters only")
    func url() {
        #expect(Base64.url.encode([0xFB, 0xFF]) == Array("-_8".utf8))
        #expect(Base64.url.decode(Array("+/8".utf8)) == nil)
        #expect(Base64.unpadded.decode(Array("-_8".utf8)) == nil)
    }
}
