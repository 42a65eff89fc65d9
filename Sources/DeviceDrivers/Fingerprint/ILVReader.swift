/// Takes numbers and ILV elements from bytes, one after the other, and never reads past their end.
package struct ILVReader: Sendable {
    private var rest: ArraySlice<UInt8>

    package init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    package var isAtEnd: Bool { rest.isEmpty }

    /// The next element, nil at the end.
    package mutating func next() throws(ILVError) -> ILVElement? {
        guard !isAtEnd else { return nil }
        let mark = try number(UInt8.self)
        let escaped = mark == ILVIdentifier.escapeMark ? try number(UInt8.self) : nil
        let short = try number(UInt16.self)
        let length = short == ILVElement.longLength ? Int(try number(UInt32.self)) : Int(short)
        guard mark == ILVIdentifier.extensionMark else {
            let value = try take(length)
            return ILVElement(escaped.map { .escaped($0) } ?? .plain(mark), Array(value))
        }
        var content = ILVReader(try take(length))
        guard length >= 2 else { throw .badIdentifier }
        let identifier = try content.number(UInt16.self)
        guard identifier > 0xFF else { throw .badIdentifier }
        return ILVElement(.extended(identifier), Array(content.rest))
    }

    /// The next number, low byte first.
    package mutating func number<Number: FixedWidthInteger>(_: Number.Type) throws(ILVError) -> Number {
        try take(Number.bitWidth / 8).reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }

    private mutating func take(_ count: Int) throws(ILVError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .truncated }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
