/// What a WSQ file says about its picture.
package struct WSQHeader: Hashable, Sendable {
    package let width: Int
    package let height: Int
    /// The version of the encoder's method: 2 for version 3.1 of the specification.
    package let encoderVersion: Int
    /// The number that the FBI gave to a certified encoder; 0 for one without a certificate.
    package let softwareNumber: Int
    /// The comments in order, as text where they are UTF-8; those before the frame, or all of a decoded file.
    package let comments: [String]
    /// From the `NIST_COM` comment; 500, the resolution of the format, without one; nil if it says unknown.
    package let pixelsPerInch: Int?
    /// The rate that the encoder was told, from the `NIST_COM` comment; nil without one.
    package let bitRate: Double?

    init(_ frame: WSQFrame, comments: [[UInt8]]) {
        width = frame.width
        height = frame.height
        encoderVersion = Int(frame.encoderVersion)
        softwareNumber = Int(frame.softwareNumber)
        self.comments = comments.map { String(decoding: $0, as: UTF8.self) }
        let description = Self.description(in: self.comments)
        pixelsPerInch =
            description["PPI"].map { Int($0).flatMap { (1...20_000).contains($0) ? $0 : nil } } ?? 500
        bitRate = description["WSQ_BITRATE"].flatMap { Double($0) }.flatMap { (0...8).contains($0) ? $0 : nil }
    }

    /// The lines, name and value, of the first `NIST_COM` comment that has them.
    private static func description(in comments: [String]) -> [String: String] {
        var values: [String: String] = [:]
        for comment in comments where comment.hasPrefix("NIST_COM") {
            for line in comment.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard words.count == 2, values[String(words[0])] == nil else { continue }
                values[String(words[0])] = String(words[1])
            }
        }
        return values
    }
}
