/// The few fields of the identity file that a proof needs, taken from the signed bytes themselves.
struct IdentityTags: Hashable, Sendable {
    /// Tag 02.
    private(set) var chipNumber: [UInt8]?
    /// Tag 11.
    private(set) var photoDigest: [UInt8]?
    /// Tag 1A; on cards of applet 1.8.
    private(set) var basicKeyDigest: [UInt8]?

    /// Reads up to what it cannot read; a length of 128 and more has two readings, and no field is so long.
    init(_ file: [UInt8]) {
        var rest = file[...]
        var isFirst = true
        while let tag = rest.popFirst(), tag != 0 || isFirst, let length = rest.popFirst(), length < 0x80,
            Int(length) <= rest.count
        {
            isFirst = false
            let value = [UInt8](rest.prefix(Int(length)))
            rest = rest.dropFirst(Int(length))
            switch tag {
            case 0x02: chipNumber = chipNumber ?? value
            case 0x11: photoDigest = photoDigest ?? value
            case 0x1A: basicKeyDigest = basicKeyDigest ?? value
            default: break
            }
        }
    }
}
