/// What a module says that it is.
package struct MorphoDescription: Hashable, Sendable {
    package let product: String?
    package let sensor: String?
    package let software: String?

    private static let longestText = 80

    /// - Parameter value: the answer to `describe` behind its status. What cannot be read is left out.
    init(_ value: ArraySlice<UInt8>) {
        var reader = ILVReader(value)
        var texts: [ILVIdentifier: String] = [:]
        while let element = try? reader.next() { texts[element.identifier] = Self.text(element.value) }
        product = texts[.plain(0x29)]
        software = texts[.plain(0x2A)]
        sensor = texts[.plain(0x2B)]
    }

    /// Printable letters only, lines and runs of blanks as one blank; nil when nothing is left.
    private static func text(_ bytes: [UInt8]) -> String? {
        let words = bytes.split { !(0x21...0x7E).contains($0) }
        let text = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        return text.isEmpty ? nil : String(text.prefix(longestText))
    }
}
