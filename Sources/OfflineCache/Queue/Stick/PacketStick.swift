import Crypto
package import EnrolmentCore
import Foundation
import Glibc
package import PacketFormat

/// A stick that packets travel on, in the layout of `PacketStickLayout`.
///
/// Every file is written under a name of its own, synchronised, read back from the stick and compared, and
/// renamed when it is whole; so a stick that is pulled out, full or worn holds whole packets and perhaps one
/// `.part`. Calls block for as long as the stick takes: from a thread that may wait.
package struct PacketStick: Sendable {
    /// FAT32 ends one byte below.
    private static let largestFile = 1 << 32 - 1
    /// What a packet's manifest and the entries in the folder may need beside it.
    private static let margin = 64 << 10

    /// What people call it: the name of the folder at which it is mounted.
    package let label: String

    /// More receipts than a kit gets in its life; what is beyond is no stick of central's.
    private static let mostReceipts = 100_000

    private let name: String
    private let mount: String
    private let files: DurableFiles
    /// Held, so that nothing is written to what lies under the stick's name when it is gone.
    private let root: HeldFolder

    /// - Parameter path: where it is mounted.
    /// - Throws: `notThere`.
    package init(at path: String, of kit: KitID, files: DurableFiles = DurableFiles()) throws(StickError) {
        do throws(FileFailure) {
            root = try HeldFolder(path, files: files)
        } catch {
            throw [ENOENT, ENOTDIR].contains(error.code) ? .notThere : StickError(error)
        }
        self.files = files
        mount = path
        label = path.split(separator: "/").last.map(String.init) ?? "/"
        name = PacketStickLayout.folder(of: kit)
    }

    package enum Outcome: Hashable, Sendable {
        case written
        /// The same packet lay there already, whole.
        case alreadyThere
        /// The kit's own file is not what its manifest says; nothing was written.
        case damagedOnKit
    }

    /// Makes the folders.
    package func prepare() throws(StickError) {
        _ = try place(creating: true)
    }

    /// The program's folder, and the kit's in it, opened anew: what lies there now is what is written to.
    private func place(creating: Bool = false) throws(StickError) -> (all: HeldFolder, kit: HeldFolder) {
        do throws(FileFailure) {
            let all = try root.folder(PacketStickLayout.folder, creating: creating)
            return (all, try all.folder(name, creating: creating))
        } catch {
            throw StickError(error)
        }
    }

    /// Writes one packet with its manifest.
    ///
    /// - Parameter source: the folder in which its file lies.
    package func write(_ packet: StickPacket, from source: String) throws(StickError) -> Outcome {
        try requireSameDevice()
        guard packet.fileSize <= Self.largestFile else { throw .fileTooLarge(packet.id) }
        let folder = try place().kit
        let name = PacketFileName.sealed(packet.id)
        if try isThere(packet, in: folder) { return .alreadyThere }
        guard try freeSpace() >= packet.fileSize + Self.margin else { throw .full }
        guard try copy("\(source)/\(name)", to: name, in: folder, as: packet) else { return .damagedOnKit }
        if let manifest = packet.manifest {
            try put(Array(manifest.utf8), as: PacketFileName.manifest(packet.id), in: folder)
        }
        return .written
    }

    /// Writes the seal of a closed day, as the kit signed it.
    package func write(seal number: Int, _ statement: String) throws(StickError) {
        try requireSameDevice()
        try put(Array(statement.utf8), as: PacketStickLayout.seal(number), in: try place().kit)
    }

    /// Writes the index, and returns when the stick may be taken out.
    package func finish(_ index: PacketStickIndex) throws(StickError) {
        try requireSameDevice()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        guard let text = try? encoder.encode(index) else { throw .failed(code: EINVAL) }
        let (all, kit) = try place()
        try put([UInt8](text), as: PacketStickLayout.index, in: kit)
        for folder in [kit, all, root] { try synchronise(folder) }
        do throws(FileFailure) {
            // FAT promises nothing about folders; this writes whatever the system still holds of the stick.
            try files.synchroniseAll()
        } catch {
            throw StickError(error)
        }
    }

    /// The names of the files with receipts that central put on the stick, sorted.
    ///
    /// - Throws: `notThere` when the stick holds nothing of this kit; `tooManyReceipts`.
    package func receiptNames() throws(StickError) -> [String] {
        do throws(FileFailure) {
            let folder = try root.folder(PacketStickLayout.folder, creating: false).folder(name, creating: false)
            return try files.names(in: folder.path, atMost: Self.mostReceipts) { $0.hasSuffix(".receipt.jws") }
        } catch {
            switch error.code {
            case E2BIG: throw .tooManyReceipts(most: Self.mostReceipts)
            case ENOENT where (try? files.status(of: mount).device) == root.device: throw .notThere
            default: throw StickError(error)
            }
        }
    }

    /// The text of a file with a receipt; nil where it is no plain file, or longer than any receipt.
    package func receipt(_ name: String) throws(StickError) -> String? {
        let folder = try place().kit
        do throws(FileFailure) {
            let bytes = try files.read("\(folder.path)/\(name)", atMost: ClaimedReceipt.largestByteCount + 1)
            return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
        } catch {
            guard [FileFailure.noPlainFile, ELOOP, EFBIG].contains(error.code) else { throw StickError(error) }
            return nil
        }
    }

    private func freeSpace() throws(StickError) -> Int {
        do throws(FileFailure) {
            return try files.freeSpace(at: root.path)
        } catch {
            throw StickError(error)
        }
    }

    private func isThere(_ packet: StickPacket, in folder: HeldFolder) throws(StickError) -> Bool {
        do throws(FileFailure) {
            let path = "\(folder.path)/\(PacketFileName.sealed(packet.id))"
            guard try files.size(of: path) == packet.fileSize else { return false }
            if let manifest = packet.manifest {
                let path = "\(folder.path)/\(PacketFileName.manifest(packet.id))"
                guard try files.size(of: path) == manifest.utf8.count,
                    try files.read(path, from: 0, count: manifest.utf8.count) == Array(manifest.utf8)
                else { return false }
            }
            return try digest(of: path) == packet.fileDigest
        } catch {
            throw StickError(error)
        }
    }

    /// - Returns: false when the source is not what its manifest says.
    private func copy(
        _ source: String, to name: String, in folder: HeldFolder, as packet: StickPacket
    ) throws(StickError) -> Bool {
        let part = URL(filePath: "\(folder.path)/\(name).part")
        var read = SHA256()
        var sourceFailed = false
        do {
            try files.write(part) { sink in
                sourceFailed = true
                try files.read(URL(filePath: source)) { pieces in
                    while let piece = try pieces() {
                        read.update(data: piece)
                        sourceFailed = false
                        try sink(piece)
                        sourceFailed = true
                    }
                }
                sourceFailed = false
            }
            guard hexText(read.finalize()) == packet.fileDigest else {
                try files.remove(part)
                return false
            }
            guard try digest(of: part.path) == packet.fileDigest else {
                try? files.remove(part)
                throw StickError.differs(packet.id)
            }
            try bringUnderName(name, in: folder)
            return true
        } catch let error as StickError {
            throw error
        } catch let failure as FileFailure {
            if sourceFailed { return false }
            throw StickError(failure, writing: packet.id)
        } catch {
            throw .failed(code: EIO)
        }
    }

    private func put(_ bytes: [UInt8], as name: String, in folder: HeldFolder) throws(StickError) {
        do throws(FileFailure) {
            try files.write(bytes, to: "\(folder.path)/\(name).part")
            try files.synchronise("\(folder.path)/\(name).part")
            try bringUnderName(name, in: folder)
        } catch {
            throw StickError(error)
        }
    }

    private func bringUnderName(_ name: String, in folder: HeldFolder) throws(FileFailure) {
        try files.rename("\(folder.path)/\(name).part", to: "\(folder.path)/\(name)")
        do throws(FileFailure) {
            try folder.synchronise()
        } catch {
            guard Self.cannot(error) else { throw error }
        }
    }

    private func synchronise(_ folder: HeldFolder) throws(StickError) {
        do throws(FileFailure) {
            try folder.synchronise()
        } catch {
            guard Self.cannot(error) else { throw StickError(error) }
        }
    }

    /// Not every file system of sticks can synchronise a folder; `finish` has all of it written.
    private static func cannot(_ failure: FileFailure) -> Bool { [EINVAL, ENOSYS, ENOTSUP].contains(failure.code) }

    private func digest(of path: String) throws(FileFailure) -> String {
        var hash = SHA256()
        do {
            try files.read(URL(filePath: path)) { pieces in
                while let piece = try pieces() { hash.update(data: piece) }
            }
        } catch let failure as FileFailure {
            throw failure
        } catch {
            throw FileFailure(.read, EIO)
        }
        return hexText(hash.finalize())
    }

    /// When a stick goes, its folder may stay, and lie on the kit's own disk.
    private func requireSameDevice() throws(StickError) {
        guard (try? files.status(of: mount).device) == root.device else { throw .pulledOut }
    }
}
