package import EnrolmentCore

/// Where a packet is on its way from the kit to central.
package enum PacketState: String, CaseIterable, Sendable, Codable {
    /// Complete on this disk; central does not know it.
    case sealed
    /// Central gave it an upload address; no byte has gone.
    case announced
    /// Central holds some or all of its bytes, and no receipt has come.
    case uploading
    /// Its receipt is verified and stored; the file may go.
    case received
    /// The file is gone; manifest and receipt stay.
    case purged
    /// Kit and central, or row and file, disagree: a person must look.
    case conflict
    /// Central will not have it: a person must look.
    case refused

    /// Still to be brought to central, without a person.
    package static let waiting: Set<PacketState> = [.sealed, .announced, .uploading]

    /// The state after an operation; nil when it is not possible here.
    package func after(_ operation: PacketOperation) -> PacketState? {
        switch (operation, self) {
        case (.announce, .sealed): .announced
        case (.advance, .announced), (.advance, .uploading): .uploading
        case (.forgetUpload, .announced), (.forgetUpload, .uploading): .sealed
        // Central's word that it has the packet settles every doubt about it.
        case (.record, .sealed), (.record, .announced), (.record, .uploading), (.record, .conflict),
            (.record, .refused):
            .received
        case (.purge, .received): .purged
        case (.refuse, .sealed), (.refuse, .announced), (.refuse, .uploading): .refused
        case (.findConflict, .sealed), (.findConflict, .announced), (.findConflict, .uploading): .conflict
        case (.retry, .conflict), (.retry, .refused): .sealed
        default: nil
        }
    }
}

/// What can be done with a packet in the queue.
package enum PacketOperation: String, CaseIterable, Sendable {
    case announce, advance, forgetUpload, record, purge, refuse, findConflict, retry
}

/// Why a packet needs a person, or cannot be sent.
package enum PacketProblem: String, CaseIterable, Sendable, Codable {
    case fileMissing, fileSizeWrong, fileDigestWrong
    /// Its row in the queue is not as the kit wrote it.
    case rowChanged
    /// Central holds other bytes, or another packet, under this name.
    case differsAtCentral
    case refusedByCentral
    /// Central does not take real work from a training kit, or the reverse.
    case modeRefused
    /// Central holds another manifest of this kit under its number, or beside it.
    case chainForked
    /// Central has received its case in another packet.
    case caseKnown
}

extension PacketProblem {
    /// Under which a person meets it, with what happened and what to do in the catalogue.
    package var code: FailureCode {
        switch self {
        case .fileMissing, .fileSizeWrong, .fileDigestWrong, .rowChanged: .store(.packetDamaged)
        case .differsAtCentral: .central(.conflict)
        case .refusedByCentral: .central(.refused)
        case .modeRefused: .central(.trainingRefused)
        case .chainForked: .central(.chainForked)
        case .caseKnown: .central(.caseKnown)
        }
    }
}
