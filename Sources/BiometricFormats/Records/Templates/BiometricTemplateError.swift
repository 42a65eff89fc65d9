/// Why a biometric information template, or the data group of them, cannot be made or read.
package enum BiometricTemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes end early, or a length in them points beyond the end.
    case truncated
    /// A tag or a length that the format does not know.
    case malformed
    /// Another object stands where this one belongs, or none.
    case missing(Element)
    /// An object that must stand once stands twice.
    case repeated(Element)
    /// An object holds what the format does not allow.
    case invalid(Element)
    /// Bytes follow where nothing may.
    case trailingBytes
    /// The template says another finger than the record in it.
    case mismatchedFinger
    /// The biometric data are not in the format that was asked for.
    case unsupportedFormat
    /// The biometric data are no record.
    case record(FingerImageRecordError)

    /// An object, with the tag that it has.
    package enum Element: Int, Sendable {
        case dataGroup = 0x63
        case group = 0x7F61
        case count = 0x02
        case template = 0x7F60
        case header = 0xA1
        case version = 0x80
        case type = 0x81
        case subtype = 0x82
        case creationTime = 0x83
        case validityPeriod = 0x85
        case creator = 0x86
        case formatOwner = 0x87
        case formatType = 0x88
        case data = 0x5F2E
        case constructedData = 0x7F2E
        case discretionaryData = 0x53
    }

    package var description: String {
        switch self {
        case .truncated: "biometric template is cut short"
        case .malformed: "malformed tag or length in biometric template"
        case .missing(let element): "biometric template lacks \(Self.name(element))"
        case .repeated(let element): "biometric template has \(Self.name(element)) twice"
        case .invalid(let element): "invalid \(Self.name(element)) in biometric template"
        case .trailingBytes: "bytes after the end of the biometric template"
        case .mismatchedFinger: "biometric template and record name different fingers"
        case .unsupportedFormat: "biometric data of another format"
        case .record(let error): error.description
        }
    }

    private static func name(_ element: Element) -> String {
        "\(element), tag 0x" + String(element.rawValue, radix: 16, uppercase: true)
    }

    init(_ failure: TaggedData.Failure) {
        switch failure {
        case .truncated: self = .truncated
        case .malformed: self = .malformed
        }
    }
}
