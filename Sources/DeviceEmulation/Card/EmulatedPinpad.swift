/// The keys and the screen of a reader on which a PIN can be typed, with a person at them who does what
/// a script says (PC/SC part 10).
package struct EmulatedPinpad: Sendable {
    /// How the reader is asked for a PIN.
    package enum Way: String, Hashable, Sendable, CaseIterable {
        /// One call that lasts until the card has answered.
        case direct
        /// A call that begins it, and another that waits for the card's answer.
        case twoSteps
        /// It has no keys, and says so.
        case none
    }

    /// What a person does when they are asked.
    package enum Typing: Hashable, Sendable {
        /// A PIN, for VERIFY.
        case pin(String)
        /// The old PIN, the new one, and the new one again.
        case change(old: String, new: String, again: String)
        /// The red key.
        case cancels
        /// Nothing, until the reader gives up.
        case waits
        /// The reader itself answers with this status.
        case status(UInt16)
    }

    package let way: Way
    var typings: [Typing]
    /// What `…finish` will give.
    var finished: [UInt8]?

    /// - Parameter typings: one for each time that a PIN is asked for; a person who is asked more often waits.
    package init(_ way: Way = .direct, typings: [Typing] = []) {
        self.way = way
        self.typings = typings
    }

    /// CM_IOCTL_GET_FEATURE_REQUEST of pcsc-lite.
    static let featureRequest: UInt32 = 0x4200_0D48
    /// pcsc-lite's driver numbers its features from here.
    private static let codes: UInt32 = 0x4233_0000

    enum Request: UInt8, CaseIterable {
        case verifyStart = 0x01
        case verifyFinish = 0x02
        case modifyStart = 0x03
        case modifyFinish = 0x04
        case verifyDirect = 0x06
        case modifyDirect = 0x07

        var code: UInt32 { EmulatedPinpad.codes | UInt32(rawValue) }
        var isVerify: Bool { self == .verifyStart || self == .verifyDirect }
        var isFinish: Bool { self == .verifyFinish || self == .modifyFinish }
    }

    private var requests: [Request] {
        switch way {
        case .direct: [.verifyDirect, .modifyDirect]
        case .twoSteps: [.verifyStart, .verifyFinish, .modifyStart, .modifyFinish]
        case .none: []
        }
    }

    func request(_ code: UInt32) -> Request? { requests.first { $0.code == code } }

    /// A list of tag, length and code, with the properties of the reader's list behind them, which most have.
    var features: [UInt8] {
        var list: [UInt8] = []
        for request in requests { list += [request.rawValue, 4] + Self.bytes(request.code) }
        list += [0x12, 4] + Self.bytes(Self.codes | 0x12)
        return list
    }

    private static func bytes(_ code: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: code >> (24 - 8 * UInt32($0))) }
    }
}
