/// Model and firmware (report 08).
package struct STUInformation: Hashable, Sendable {
    /// For example `STU-430`.
    package let model: String
    /// Major and minor as the maker prints them, for example `1.03`.
    package let firmware: String

    /// - Returns: nil for a report that is too short or names no model.
    package init?(_ report: [UInt8]) {
        guard report.count >= 12, report[0] == STUReportID.information else { return nil }
        guard let model = Self.text(report[1...9]) else { return nil }
        self.model = model
        let minor = String(report[11], radix: 16)
        firmware = String(report[10], radix: 16) + "." + (minor.count == 1 ? "0" : "") + minor
    }

    /// ASCII up to the first NUL; nil when there is none or it is not printable.
    static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        let name = bytes.prefix { $0 != 0 }
        guard !name.isEmpty, name.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        return String(decoding: name, as: UTF8.self)
    }
}
