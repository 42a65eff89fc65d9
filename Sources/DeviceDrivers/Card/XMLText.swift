import FoundationEssentials

/// Writes XML 1.0 in UTF-8, one element after the other. What no XML can hold becomes U+FFFD; nothing
/// is normalised.
struct XMLText {
    private(set) var bytes = [UInt8](#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8 + [0x0A])

    /// An element with what `content` writes into it.
    mutating func element(
        _ name: String, _ attributes: [(name: String, value: String?)] = [], content: (inout XMLText) -> Void
    ) {
        open(name, attributes)
        content(&self)
        write("</\(name)>")
    }

    /// An element that holds text.
    mutating func element(_ name: String, text: String) {
        element(name) { $0.escape(text, inAttribute: false) }
    }

    /// An element that holds bytes in base64; none leave it empty.
    mutating func element(_ name: String, base64 content: [UInt8]) {
        element(name) { $0.write(Data(content).base64EncodedString()) }
    }

    /// - Parameter attributes: those without a value are left out.
    private mutating func open(_ name: String, _ attributes: [(name: String, value: String?)]) {
        write("<\(name)")
        for case (let name, let value?) in attributes {
            write(" \(name)=\"")
            escape(value, inAttribute: true)
            write("\"")
        }
        write(">")
    }

    private mutating func write(_ text: String) { bytes += text.utf8 }

    private mutating func escape(_ text: String, inAttribute: Bool) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": write("&amp;")
            case "<": write("&lt;")
            case ">": write("&gt;")
            case "\"" where inAttribute: write("&quot;")
            // Readers turn these into spaces or line feeds unless they are written by number.
            case "\t" where inAttribute, "\n" where inAttribute, "\r": write("&#\(scalar.value);")
            default: bytes += String(Self.isAllowed(scalar) ? scalar : "\u{FFFD}").utf8
            }
        }
    }

    /// Char of XML 1.0, 2.2.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
