/// Everything that this program ever tells a MorphoSmart module.
///
/// A module keeps a database of its own, and it may hold other people's templates. So there is no way
/// here to name any other command, and the one that could save what it took always says that it must not.
package enum MorphoCommand: Hashable, Sendable {
    /// Ends what the module is doing. It has no answer of its own; the command that it ends answers
    /// `MorphoStatus.aborted`.
    case cancel
    /// Asks what the module is, as texts.
    case describe
    /// Takes one picture of one live finger; the module waits for the finger for so long.
    case takePicture(within: Duration)

    static let describeIdentifier: UInt8 = 0x05
    static let takePictureIdentifier: UInt8 = 0x21

    /// Hints, previews, the course of the enrolment and the last whole picture are told while it waits. The
    /// module's own figures for quality (bits 6 and 7) are not asked for: they are on a scale of its own.
    private static let wantedMessages: UInt32 = 0x0F
    private static let uncompressed: UInt8 = 0x2C
    private static let texts: UInt8 = 0x2F

    /// How the module's answer is known.
    var identifier: UInt8 {
        switch self {
        case .cancel: 0x70
        case .describe: Self.describeIdentifier
        case .takePicture: Self.takePictureIdentifier
        }
    }

    /// The bytes to send, and the only place where such bytes are made.
    package var frame: [UInt8] { MorphoFrame.bytes(of: ILVElement(identifier, value).bytes) }

    private var value: [UInt8] {
        switch self {
        case .cancel: []
        case .describe: [Self.texts]
        case .takePicture(let limit): Self.order(seconds: Self.seconds(limit))
        }
    }

    /// "ENROLL" of the vendor, for its picture alone.
    private static func order(seconds: UInt16) -> [UInt8] {
        let database: UInt8 = 0
        let qualityThreshold: UInt8 = 0
        let oneAcquisition: UInt8 = 1
        let fingers: UInt8 = 1
        let savesRecord: UInt8 = 0
        let exportsMinutiae: UInt8 = 0
        let imageType: UInt8 = 0
        let compression = ILVElement(0x3E, [uncompressed, 0])
        return [database] + seconds.littleEndianBytes
            + [qualityThreshold, oneAcquisition, fingers, savesRecord, exportsMinutiae]
            + ILVElement(0x34, wantedMessages.littleEndianBytes).bytes
            + ILVElement(0x3D, [imageType] + compression.bytes).bytes
            // Prints that an earlier finger left on the glass are told from a finger.
            + ILVElement(0x39, [1]).bytes
    }

    /// Whole seconds, rounded up and never 0, which would be without end.
    private static func seconds(_ limit: Duration) -> UInt16 {
        let whole = limit.components.attoseconds > 0 ? limit.components.seconds + 1 : limit.components.seconds
        return UInt16(min(3600, max(1, whole)))
    }
}
