/// Why a signed manifest, receipt or list is not believed; the case says which check failed.
package enum StatementError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not three base64url parts, or longer than any statement of ours.
    case malformed
    /// The protected header holds something else than `alg`, `kid` and `typ`, or one of them twice.
    case unexpectedHeader
    /// Anything but ES256.
    case algorithmNotAllowed
    /// A statement of another kind, for example a manifest where a receipt is due.
    case otherType
    /// Not one of the pinned keys.
    case unknownKey
    case wrongSignature
    /// The signature holds, and what was signed is no manifest, receipt or list that this program reads.
    case unreadable
    /// The key is pinned for another kit than the one that the statement names, or a roster is for another.
    case otherKit
    case otherPacket
    case otherFileDigest
    case otherFileSize
    case otherTrainingMark
    case otherServer
    /// A gap or a repetition in the chain of receipts.
    case sequence(expected: Int, found: Int)
    /// It does not name the receipt that was stored last.
    case otherPredecessor
    /// A list that is older than the one that it would replace.
    case olderVersion(held: Int, found: Int)
    /// The key cannot sign.
    case signingFailed
    /// A list that has more than any kit takes.
    case tooLarge

    package var description: String {
        switch self {
        case .sequence(let expected, let found): "statement.sequence: expected \(expected), found \(found)"
        case .olderVersion(let held, let found): "statement.olderVersion: held \(held), found \(found)"
        default: "statement.\(name)"
        }
    }

    private var name: String {
        switch self {
        case .malformed: "malformed"
        case .unexpectedHeader: "unexpectedHeader"
        case .algorithmNotAllowed: "algorithmNotAllowed"
        case .otherType: "otherType"
        case .unknownKey: "unknownKey"
        case .wrongSignature: "wrongSignature"
        case .unreadable: "unreadable"
        case .otherKit: "otherKit"
        case .otherPacket: "otherPacket"
        case .otherFileDigest: "otherFileDigest"
        case .otherFileSize: "otherFileSize"
        case .otherTrainingMark: "otherTrainingMark"
        case .otherServer: "otherServer"
        case .sequence: "sequence"
        case .otherPredecessor: "otherPredecessor"
        case .olderVersion: "olderVersion"
        case .signingFailed: "signingFailed"
        case .tooLarge: "tooLarge"
        }
    }
}
