/// A finger, numbered as ISO/IEC 19794-4 table 7 does.
package enum FingerPosition: Int, CaseIterable, Sendable, Codable, Hashable {
    case rightThumb = 1
    case rightIndex, rightMiddle, rightRing, rightLittle
    case leftThumb, leftIndex, leftMiddle, leftRing, leftLittle

    package enum Hand: String, CaseIterable, Sendable, Codable {
        case right, left
    }

    /// The finger apart from its hand.
    package enum Digit: String, CaseIterable, Sendable, Codable {
        case thumb, index, middle, ring, little
    }

    package var hand: Hand { rawValue <= 5 ? .right : .left }
    package var digit: Digit { Digit.allCases[(rawValue - 1) % 5] }

    package init(_ hand: Hand, _ digit: Digit) {
        self = Self.allCases.first { $0.hand == hand && $0.digit == digit }!
    }

    /// The name on the command line and in files: `right-index`.
    package var name: String { "\(hand.rawValue)-\(digit.rawValue)" }

    package init?(name: String) {
        guard let position = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = position
    }
}

/// How a finger image was made; the two that a single-finger live scanner can make.
package enum ImpressionType: Int, Sendable, Codable {
    /// ISO/IEC 19794-4 table 8.
    case liveScanPlain = 0
    case liveScanRolled = 1
}

/// Why one finger gives no print.
package enum FingerException: String, CaseIterable, Sendable, Codable {
    case amputated, bandaged, damaged
    /// Worn away or deformed for good.
    case unusable
    /// It was tried and no attempt was good enough.
    case unreadable

    /// Whether the finger can be expected to give a print later.
    package var isTemporary: Bool { self == .bandaged || self == .damaged }
}
