import EnrolmentCore
import FoundationEssentials

extension TrustList {
    /// More than any list needs; a bound for what a hostile one can cost.
    private static let largest = 4 << 20

    /// Reads a list, strictly: what is not understood is not honoured by halves.
    ///
    /// - Throws: `TrustListError`, for an unknown field too.
    package init(json: [UInt8]) throws(TrustListError) {
        guard json.count <= Self.largest else { throw .malformed("longer than \(Self.largest) bytes") }
        let form: ListForm
        do {
            form = try JSONDecoder().decode(ListForm.self, from: Data(json))
        } catch let error as TrustListError {
            throw error
        } catch {
            throw .malformed("no list of roots in JSON")
        }
        guard form.version >= 1 else { throw .malformed("version \(form.version)") }
        guard let issuedAt = Timestamp(rfc3339: form.issuedAt) else { throw .malformed("issuedAt is no time") }
        var roots: [TrustRoot] = []
        for root in form.roots { roots.append(try root.root()) }
        guard !roots.isEmpty else { throw .empty }
        guard Set(roots.map(\.sha256)).count == roots.count else { throw .malformed("a root stands twice") }
        self.init(version: form.version, issuedAt: issuedAt, roots: roots)
    }

    /// The list in JSON, the same bytes for the same list.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(ListForm(self)))
    }
}

/// The list as it stands in JSON.
private struct ListForm: Codable {
    let version: Int
    let issuedAt: String
    let roots: [RootForm]

    private enum CodingKeys: String, CodingKey, CaseIterable { case version, issuedAt, roots }

    init(_ list: TrustList) {
        version = list.version
        issuedAt = list.issuedAt.rfc3339
        roots = list.roots.map(RootForm.init)
    }

    init(from decoder: any Decoder) throws {
        try refuseOtherFields(in: decoder, than: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decode(Int.self, forKey: .version)
        issuedAt = try container.decode(String.self, forKey: .issuedAt)
        roots = try container.decode([RootForm].self, forKey: .roots)
    }
}

/// A root as it stands in JSON: hex for the fingerprint, Base64 for the certificate.
private struct RootForm: Codable {
    let name: String
    let kind: TrustRoot.Kind
    let sha256: String
    let validFrom: String
    let validUntil: String
    let certificate: Data?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, kind, sha256, validFrom, validUntil, certificate
    }

    init(_ root: TrustRoot) {
        name = root.name
        kind = root.kind
        sha256 = root.sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        validFrom = root.validFrom.iso8601
        validUntil = root.validUntil.iso8601
        certificate = root.certificate.map { Data($0) }
    }

    init(from decoder: any Decoder) throws {
        try refuseOtherFields(in: decoder, than: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        kind = try container.decode(TrustRoot.Kind.self, forKey: .kind)
        sha256 = try container.decode(String.self, forKey: .sha256)
        validFrom = try container.decode(String.self, forKey: .validFrom)
        validUntil = try container.decode(String.self, forKey: .validUntil)
        certificate = try container.decodeIfPresent(Data.self, forKey: .certificate)
    }

    func root() throws(TrustListError) -> TrustRoot {
        guard let fingerprint = fingerprint() else { throw .malformed("a fingerprint is not 64 hex digits") }
        guard let from = CalendarDate(iso8601: validFrom), let until = CalendarDate(iso8601: validUntil), from < until
        else { throw .malformed("a validity is no pair of days") }
        guard let certificate else {
            return TrustRoot(
                name: name, kind: kind, sha256: fingerprint, validFrom: from, validUntil: until, certificate: nil)
        }
        let read = try certificateRoot([UInt8](certificate))
        guard read.sha256 == fingerprint else { throw .otherFingerprint(root: name) }
        guard read.name == name, read.validFrom == from, read.validUntil == until else {
            throw .malformed("a root's name or days are not its certificate's")
        }
        return read
    }

    private func certificateRoot(_ der: [UInt8]) throws(TrustListError) -> TrustRoot {
        do {
            return try TrustRoot(certificate: der, kind: kind)
        } catch {
            throw .unusableCertificate(root: name)
        }
    }

    private func fingerprint() -> [UInt8]? {
        let digits = sha256.utf8.map { digit -> UInt8? in
            switch digit {
            case 0x30...0x39: digit - 0x30
            case 0x61...0x66: digit - 0x61 + 10
            case 0x41...0x46: digit - 0x41 + 10
            default: nil
            }
        }
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: 64, by: 2) {
            guard let high = digits[place], let low = digits[place + 1] else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}

/// Names whatever field stands in the JSON.
private struct AnyField: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

private func refuseOtherFields(in decoder: any Decoder, than known: [String]) throws {
    let fields = try decoder.container(keyedBy: AnyField.self).allKeys
    if let other = fields.first(where: { !known.contains($0.stringValue) }) {
        throw TrustListError.unknownField(String(other.stringValue.prefix(40)))
    }
}

extension Timestamp {
    /// Reads what `rfc3339` writes, with or without milliseconds; nil for anything else.
    fileprivate init?(rfc3339 text: String) {
        let bytes = [UInt8](text.utf8)
        guard bytes.count == 20 || bytes.count == 24, bytes[10] == 0x54, bytes.last == 0x5A,
            let day = CalendarDate(iso8601: String(decoding: bytes[..<10], as: UTF8.self)),
            bytes[13] == 0x3A, bytes[16] == 0x3A,
            let hour = Self.number(bytes[11..<13]), let minute = Self.number(bytes[14..<16]),
            let second = Self.number(bytes[17..<19]), hour < 24, minute < 60, second < 60
        else { return nil }
        var milliseconds: Int64 = 0
        if bytes.count == 24 {
            guard bytes[19] == 0x2E, let fraction = Self.number(bytes[20..<23]) else { return nil }
            milliseconds = fraction
        }
        let seconds = Int64(day.daysSinceEpoch) * 86_400 + hour * 3600 + minute * 60 + second
        self.init(milliseconds: seconds * 1000 + milliseconds)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
}
