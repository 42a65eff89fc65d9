package import EnrolmentCore
import Glibc
import PacketFormat

/// Why a stick does not take or give packets. Whatever it is, the kit keeps every packet, and what was
/// written to the stick before is whole: writing again goes on from there.
package enum StickError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no folder of that name, or nothing from a kit on it.
    case notThere
    case readOnly
    case full
    /// It was there and is not any more, or what lies under its name is another disk now.
    case pulledOut
    /// The stick's file system takes no file of this size: FAT ends at 4 GiB.
    case fileTooLarge(PacketID)
    /// What was read back is not what was written.
    case differs(PacketID)
    /// In the place of a folder or a file there is a link, a pipe or another disk: nothing is written through it.
    case leadsElsewhere
    case tooManyReceipts(most: Int)
    /// By the number of the system's error.
    case failed(code: Int32)

    package var description: String {
        switch self {
        case .notThere: "stick: not there, or nothing of a kit on it"
        case .readOnly: "stick: read-only"
        case .full: "stick: full"
        case .pulledOut: "stick: pulled out"
        case .fileTooLarge(let id): "stick: packet \(id) is larger than its file system allows"
        case .differs(let id): "stick: packet \(id) reads back otherwise than it was written"
        case .leadsElsewhere: "stick: a link, a pipe or another disk in the place of a folder or a file of its own"
        case .tooManyReceipts(let most): "stick: more than \(most) receipts"
        case .failed(let code): "stick: error \(code)"
        }
    }

    /// Whether another packet may still be written.
    package var isOfOnePacket: Bool {
        switch self {
        case .fileTooLarge, .differs: true
        default: false
        }
    }

    package var report: FailureReport {
        let code: FailureCode.Stick =
            switch self {
            case .notThere: .absent
            case .readOnly: .readOnly
            case .full: .full
            case .pulledOut: .gone
            case .fileTooLarge: .fileTooLarge
            case .differs: .damaged
            case .leadsElsewhere, .tooManyReceipts, .failed: .failing
            }
        return FailureReport(.stick(code), detail: description, kept: .packet)
    }

    init(_ failure: FileFailure, writing id: PacketID? = nil) {
        switch failure.code {
        case ENOSPC, EDQUOT: self = .full
        case EROFS, EACCES, EPERM: self = .readOnly
        case EIO, ENODEV, ENXIO, ENOENT, ESTALE, ESHUTDOWN: self = .pulledOut
        case ELOOP, ENOTDIR, EXDEV, FileFailure.noPlainFile: self = .leadsElsewhere
        case EFBIG: self = id.map { .fileTooLarge($0) } ?? .failed(code: failure.code)
        default: self = .failed(code: failure.code)
        }
    }
}
