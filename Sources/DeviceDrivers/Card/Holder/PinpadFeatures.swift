import EnrolmentCore

/// What a reader with keys of its own can do, by its answer to CM_IOCTL_GET_FEATURE_REQUEST (PC/SC
/// part 10, 2.2): entries of a tag, a length and the control code by which the feature is asked for.
struct PinpadFeatures: Hashable, Sendable {
    /// How a PIN is had from the person and given to the card.
    enum Way: Hashable, Sendable {
        /// One call that lasts until the card has answered.
        case direct(UInt32)
        /// A call that begins it, and another that waits for the card's answer.
        case twoSteps(start: UInt32, finish: UInt32)
    }

    /// SCARD_CTL_CODE(3400) of pcsc-lite.
    static let request: UInt32 = 0x4200_0D48

    let verify: Way?
    let modify: Way?

    static let none = PinpadFeatures([])

    /// Entries of another length than four are skipped, and what is cut off is not there.
    init(_ answer: [UInt8]) {
        var codes: [UInt8: UInt32] = [:]
        var rest = answer[...]
        while rest.count >= 2, let tag = rest.popFirst(), let length = rest.popFirst(), rest.count >= Int(length) {
            let value = rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
            if value.count == 4, codes[tag] == nil { codes[tag] = value.reduce(0) { $0 << 8 | UInt32($1) } }
        }
        verify = Self.way(direct: codes[0x06], start: codes[0x01], finish: codes[0x02])
        modify = Self.way(direct: codes[0x07], start: codes[0x03], finish: codes[0x04])
    }

    private static func way(direct: UInt32?, start: UInt32?, finish: UInt32?) -> Way? {
        if let direct { return .direct(direct) }
        guard let start, let finish else { return nil }
        return .twoSteps(start: start, finish: finish)
    }
}
