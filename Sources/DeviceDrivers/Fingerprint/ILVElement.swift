/// One element of the language that MorphoSmart modules speak: identifier, length, value. A value may
/// itself hold elements, usually after some fixed bytes.
///
/// Numbers are little-endian. A length of FFFF means that the real one follows in four bytes.
package struct ILVElement: Hashable, Sendable {
    package let identifier: ILVIdentifier
    package let value: [UInt8]

    static let longLength = 0xFFFF

    package init(_ identifier: ILVIdentifier, _ value: [UInt8] = []) {
        self.identifier = identifier
        self.value = value
    }

    package init(_ identifier: UInt8, _ value: [UInt8] = []) {
        self.init(.plain(identifier), value)
    }

    /// Reads exactly one element.
    ///
    /// - Throws: `.trailingBytes` when there is more behind it.
    package init(_ bytes: [UInt8]) throws(ILVError) {
        var reader = ILVReader(bytes[...])
        guard let element = try reader.next() else { throw .truncated }
        guard reader.isAtEnd else { throw .trailingBytes }
        self = element
    }

    /// The element as it is sent.
    package var bytes: [UInt8] {
        var bytes: [UInt8]
        var content = value
        switch identifier {
        case .plain(let byte): bytes = [byte]
        case .escaped(let byte): bytes = [ILVIdentifier.escapeMark, byte]
        case .extended(let number):
            bytes = [ILVIdentifier.extensionMark]
            content = number.littleEndianBytes + value
        }
        if content.count < Self.longLength {
            bytes += UInt16(content.count).littleEndianBytes
        } else {
            bytes += UInt16(Self.longLength).littleEndianBytes
            bytes += UInt32(truncatingIfNeeded: content.count).littleEndianBytes
        }
        return bytes + content
    }
}

/// What is wrong with bytes that should be ILV elements.
package enum ILVError: Error, Hashable, Sendable {
    /// An element says that it is longer than what is there.
    case truncated
    case trailingBytes
    /// An extended identifier that would fit in one byte, or none at all.
    case badIdentifier
}

extension FixedWidthInteger {
    var littleEndianBytes: [UInt8] {
        (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
    }
}
