/// What a WSQ file says about its picture before the pixels.
package struct WSQHeader: Hashable, Sendable {
    package let width: Int
    package let height: Int
    /// The encoder's version and the number that the FBI gave to it; 0 for one without a certificate.
    package let encoderVersion: Int
    package let softwareNumber: Int
    /// The comments before the frame, as text where they are UTF-8.
    package let comments: [String]
    /// From the `NIST_COM` comment; 500, the resolution of the format, without one; nil if it says unknown.
    package let pixelsPerInch: Int?

    init(_ frame: WSQFrame, comments: [[UInt8]]) {
        width = frame.width
        height = frame.height
        encoderVersion = Int(frame.encoderVersion)
        softwareNumber = Int(frame.softwareNumber)
        self.comments = comments.map { String(decoding: $0, as: UTF8.self) }
        pixelsPerInch = Self.pixelsPerInch(self.comments)
    }

    private static func pixelsPerInch(_ comments: [String]) -> Int? {
        for comment in comments where comment.hasPrefix("NIST_COM") {
            for line in comment.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard words.count == 2, words[0] == "PPI" else { continue }
                guard let value = Int(words[1]), (1...20_000).contains(value) else { return nil }
                return value
            }
        }
        return 500
    }
}
