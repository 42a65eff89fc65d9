import EnrolmentCore

extension BiometricInformationTemplate {
    private typealias Element = BiometricTemplateError.Element

    /// CBEFF's number for fingerprints.
    private static let fingerType: [UInt8] = [8]

    /// The bytes of the template, tag 7F60 included.
    ///
    /// - Throws: `.invalid` with the object that has no legal length.
    package func encoded() throws(BiometricTemplateError) -> [UInt8] {
        guard (creationTime?.count ?? 7) == 7 else { throw .invalid(.creationTime) }
        guard (validityPeriod?.count ?? 8) == 8 else { throw .invalid(.validityPeriod) }
        // Four bytes of length must do for this and what it stands in.
        guard data.count < Int(UInt32.max) - 1024 else { throw .invalid(.data) }
        let subtype = finger.map(Self.subtype) ?? 0
        let objects: [(Element, [UInt8]?)] = [
            (.version, Self.number(version)), (.type, Self.fingerType), (.subtype, [subtype]),
            (.creationTime, creationTime), (.validityPeriod, validityPeriod), (.creator, creator.map(Self.number)),
            (.formatOwner, Self.number(format.owner)), (.formatType, Self.number(format.type)),
        ]
        let header = objects.flatMap { element, value in
            value.map { TaggedData.object(element.rawValue, $0) } ?? []
        }
        let dataTag: Element = isDataConstructed ? .constructedData : .data
        return TaggedData.object(
            Element.template.rawValue,
            TaggedData.object(Element.header.rawValue, header) + TaggedData.object(dataTag.rawValue, data))
    }

    /// Reads a template; its biometric data are taken as they are.
    ///
    /// - Throws: a `BiometricTemplateError` for anything but one whole template of a finger.
    package init(_ bytes: [UInt8]) throws(BiometricTemplateError) {
        var reader = TaggedData.Reader(bytes)
        var template = try reader.expect(.template)
        guard reader.isAtEnd else { throw .trailingBytes }
        try self.init(&template)
    }

    /// Reads what stands inside of tag 7F60.
    init(_ reader: inout TaggedData.Reader) throws(BiometricTemplateError) {
        var header = try reader.expect(.header)
        var objects: [Element: [UInt8]] = [:]
        while !header.isAtEnd {
            let (tag, value) = try header.take()
            guard let element = Element(rawValue: tag), (0x80...0x88).contains(tag) else { throw .invalid(.header) }
            guard objects.updateValue(value.rest, forKey: element) == nil else { throw .repeated(element) }
        }
        guard objects[.type] == Self.fingerType else {
            throw objects[.type] == nil ? .missing(.type) : .invalid(.type)
        }
        let isConstructed = reader.nextTag == Element.constructedData.rawValue
        let data = try reader.expect(isConstructed ? .constructedData : .data)
        guard reader.isAtEnd else { throw .trailingBytes }
        guard (objects[.creationTime]?.count ?? 7) == 7 else { throw .invalid(.creationTime) }
        guard (objects[.validityPeriod]?.count ?? 8) == 8 else { throw .invalid(.validityPeriod) }
        guard let owner = try Self.number(objects, .formatOwner) else { throw .missing(.formatOwner) }
        guard let type = try Self.number(objects, .formatType) else { throw .missing(.formatType) }
        self.init(
            finger: try Self.finger(objects[.subtype]), format: Format(owner: owner, type: type), data: data.rest,
            isDataConstructed: isConstructed, version: try Self.number(objects, .version) ?? 0x0101,
            creationTime: objects[.creationTime], validityPeriod: objects[.validityPeriod],
            creator: try Self.number(objects, .creator))
    }

    /// The hand in bits 0 and 1, the finger from the thumb in bits 2 to 4 (ISO/IEC 7816-11 table C.3).
    private static func subtype(_ finger: FingerPosition) -> UInt8 {
        let hand: UInt8 = finger.hand == .right ? 1 : 2
        let digit = FingerPosition.Digit.allCases.firstIndex(of: finger.digit) ?? 0
        return UInt8(digit + 1) << 2 | hand
    }

    private static func finger(_ bytes: [UInt8]?) throws(BiometricTemplateError) -> FingerPosition? {
        guard let bytes else { return nil }
        guard bytes.count == 1 else { throw .invalid(.subtype) }
        if bytes[0] == 0 { return nil }
        guard let finger = FingerPosition.allCases.first(where: { subtype($0) == bytes[0] }) else {
            throw .invalid(.subtype)
        }
        return finger
    }

    private static func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

    private static func number(
        _ objects: [Element: [UInt8]], _ element: Element
    ) throws(BiometricTemplateError) -> UInt16? {
        guard let bytes = objects[element] else { return nil }
        guard bytes.count == 2 else { throw .invalid(element) }
        return UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    }
}

extension TaggedData.Reader {
    /// The next object, whatever it is.
    mutating func take() throws(BiometricTemplateError) -> (tag: Int, value: TaggedData.Reader) {
        do throws(TaggedData.Failure) {
            return try next()
        } catch {
            throw BiometricTemplateError(error)
        }
    }

    /// The value of the next object, which must be this one.
    mutating func expect(_ element: BiometricTemplateError.Element) throws(BiometricTemplateError) -> TaggedData.Reader
    {
        guard !isAtEnd else { throw .missing(element) }
        let (tag, value) = try take()
        guard tag == element.rawValue else { throw .missing(element) }
        return value
    }
}
