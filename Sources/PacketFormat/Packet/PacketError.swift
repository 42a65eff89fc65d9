package import EnrolmentCore

/// Why a packet cannot be sealed or opened. What is wrong with the age file itself is an `AgeError`,
/// with a signature a `StatementError`.
package enum PacketError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The enrolment lacks these.
    case incomplete([EnrolmentPart])
    /// The delivery lacks these, and was not stopped.
    case deliveryIncomplete([DeliveryPart])
    /// Packets are sealed for hybrid keys unless central asked for another.
    case recipientNotPostQuantum
    /// A sample cannot be written in the form that the packet wants.
    case unencodable(EnrolmentPart)
    /// Nothing was kept of the new file; what was there before is untouched.
    case diskFull
    case file(FileFailure)
    /// The bytes read back from the disk are not those that were written.
    case readBackDiffers
    /// The file is not the one that its manifest names.
    case fileSizeDiffers
    case fileDigestDiffers
    /// What was sealed is not as long as the manifest says.
    case contentSizeDiffers
    /// More than the reader allows.
    case contentTooLarge
    /// The opened content is not of the kind and version that this program knows.
    case unreadableContent

    package var description: String {
        switch self {
        case .incomplete(let parts): "packet.incomplete: \(parts.map(\.rawValue).joined(separator: ", "))"
        case .deliveryIncomplete(let parts):
            "packet.deliveryIncomplete: \(parts.map(\.rawValue).joined(separator: ", "))"
        case .recipientNotPostQuantum: "packet.recipientNotPostQuantum"
        case .unencodable(let part): "packet.unencodable: \(part.rawValue)"
        case .diskFull: "packet.diskFull"
        case .file(let failure): "packet.\(failure)"
        case .readBackDiffers: "packet.readBackDiffers"
        case .fileSizeDiffers: "packet.fileSizeDiffers"
        case .fileDigestDiffers: "packet.fileDigestDiffers"
        case .contentSizeDiffers: "packet.contentSizeDiffers"
        case .contentTooLarge: "packet.contentTooLarge"
        case .unreadableContent: "packet.unreadableContent"
        }
    }

    init(_ failure: FileFailure) { self = failure.isDiskFull ? .diskFull : .file(failure) }
}
