import Foundation
import StationTestSupport
import Testing

@testable import StationApp

@Suite("The search for readable personal data")
struct PlaintextScanTests {
    private static let name = "Zonderbestaan"

    @Test("finds a name in plain text")
    func plain() { #expect(forms(in: around(Array(Self.name.utf8))) == [.plain]) }

    @Test("finds a name in base64, wherever it starts in its group of three", arguments: 0..<3)
    func base64(shift: Int) {
        let bytes = [UInt8](repeating: 0xA7, count: shift) + Array(Self.name.utf8) + [0x31, 0x32, 0x33]
        #expect(forms(in: around(Array(Data(bytes).base64EncodedString().utf8))) == [.base64])
    }

    @Test("finds a file in base64 as JSON escapes it, and in the alphabet of URLs")
    func otherBase64() {
        // Its base64 ends in `+vv8/f7/`.
        let bytes = (0xE8...0xFF).map { UInt8($0) }
        var scan = PlaintextScan()
        scan.add(file: bytes, label: "file", fragments: 1)
        let text = Data(bytes).base64EncodedString()
        let escaped = text.replacingOccurrences(of: "/", with: "\\/")
        let forURLs = text.replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "+", with: "-")
        #expect(text != escaped && text != forURLs)
        for spelling in [text, escaped, forURLs] {
            #expect(scan.search(around(Array(spelling.utf8)), named: "file").map(\.form) == [.base64])
        }
    }

    @Test("finds a name in hexadecimal of either case", arguments: ["%02x", "%02X"])
    func hexadecimal(format: String) {
        let text = Self.name.utf8.map { String(format: format, $0) }.joined()
        #expect(forms(in: around(Array(text.utf8))) == [.hex])
    }

    @Test("finds a name in UTF-16 of either byte order", arguments: [true, false])
    func utf16(isLittleEndian: Bool) {
        let bytes = Self.name.utf16.flatMap { unit in
            isLittleEndian ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
        #expect(forms(in: around(bytes)) == [.utf16])
    }

    @Test("finds a name at the very start and at the very end, and not when a byte of it is missing")
    func edges() {
        let bytes = Array(Self.name.utf8)
        #expect(forms(in: bytes) == [.plain])
        #expect(forms(in: bytes + [0]) == [.plain])
        #expect(forms(in: [0] + bytes) == [.plain])
        #expect(forms(in: Array(bytes.dropLast())) == [])
        #expect(forms(in: Array(bytes.dropFirst())) == [])
    }

    @Test("finds a name across every offset of a page")
    func everyOffset() {
        let scan = Self.scan()
        let page = [UInt8](repeating: 0x20, count: 600)
        for offset in 0...(page.count - Self.name.utf8.count) {
            var bytes = page
            bytes.replaceSubrange(offset..<offset + Self.name.utf8.count, with: Self.name.utf8)
            #expect(scan.search(bytes, named: "page").map(\.form) == [.plain], "offset \(offset)")
        }
    }

    @Test("finds a picture of which only a part is left")
    func fragment() {
        var generator = SeededGenerator(seed: 11)
        let picture = generator.bytes(5000)
        var scan = PlaintextScan()
        scan.add(file: picture, label: "picture", fragments: 16)
        #expect(scan.needleCount == 16)
        let part = Array(picture[2000..<3000])
        #expect(!scan.search(around(part), named: "part").isEmpty)
        #expect(!scan.search(around(Array(Data(part).base64EncodedString().utf8)), named: "part").isEmpty)
    }

    @Test("takes no fragment that is one shade, since that is everywhere")
    func plainShade() {
        var scan = PlaintextScan()
        scan.add(file: [UInt8](repeating: 0xFF, count: 4000), label: "white")
        #expect(scan.needleCount == 0)
    }

    @Test("leaves out texts that are too short to mean anything")
    func shortTexts() {
        var scan = PlaintextScan()
        scan.add(text: "M", label: "sex")
        scan.add(text: "Belg", label: "nationality")
        #expect(scan.needleCount == 0)
    }

    @Test("reads every file of a folder, and their names too")
    func folder() throws {
        let folder = try TestFolder()
        let below = folder.url.appending(path: "a/b")
        try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
        try Data("x \(Self.name) y".utf8).write(to: below.appending(path: "content"))
        try Data().write(to: below.appending(path: "\(Self.name).txt"))
        try Data("nobody".utf8).write(to: folder.url.appending(path: ".hidden"))
        let found = try Self.scan().search(folder: folder.url)
        #expect(found.map(\.file) == ["\(Self.name).txt", "content"])
        #expect(found.allSatisfy { $0.label == "name" })
    }

    @Test("finds nothing in random bytes", arguments: [1, 2, 3] as [UInt64])
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var scan = Self.scan()
        scan.add(file: generator.bytes(100_000), label: "picture")
        let noise = generator.bytes(2_000_000)
        #expect(scan.search(noise, named: "noise") == [], "seed \(seed)")
    }

    private static func scan() -> PlaintextScan {
        var scan = PlaintextScan()
        scan.add(text: name, label: "name")
        return scan
    }

    private func forms(in bytes: [UInt8]) -> Set<PlaintextScan.Form> {
        Set(Self.scan().search(bytes, named: "bytes").map(\.form))
    }

    private func around(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](repeating: 0x01, count: 37) + bytes + [UInt8](repeating: 0x02, count: 41)
    }
}
