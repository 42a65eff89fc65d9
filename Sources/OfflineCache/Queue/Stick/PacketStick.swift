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

    private let folder: String
    private let root: String
    private let files: DurableFiles
    private let device: UInt64

    /// - Parameter path: where it is mounted.
    /// - Throws: `notThere`.
    package init(at path: String, of kit: KitID, files: DurableFiles = DurableFiles()) throws(StickError) {
        guard let device = Self.device(of: path) else { throw .notThere }
        self.files = files
        self.device = device
        root = path
        label = path.split(separator: "/").last.map(String.init) ?? "/"
        folder = "\(path)/\(PacketStickLayout.folder)/\(PacketStickLayout.folder(of: kit))"
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
        do throws(FileFailure) {
            _ = try files.makeDirectory("\(root)/\(PacketStickLayout.folder)")
            _ = try files.makeDirectory(folder)
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
        let name = PacketFileName.sealed(packet.id)
        if try isThere(packet) { return .alreadyThere }
        guard try freeSpace() >= packet.fileSize + Self.margin else { throw .full }
        guard try copy("\(source)/\(name)", to: name, as: packet) else { return .damagedOnKit }
        if let manifest = packet.manifest { try put(Array(manifest.utf8), as: PacketFileName.manifest(packet.id)) }
        return .written
    }

    /// Writes the seal of a closed day, as the kit signed it.
    package func write(seal number: Int, _ statement: String) throws(StickError) {
        try requireSameDevice()
        try put(Array(statement.utf8), as: PacketStickLayout.seal(number))
    }

    /// Writes the index, and returns when the stick may be taken out.
    package func finish(_ index: PacketStickIndex) throws(StickError) {
        try requireSameDevice()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        guard let text = try? encoder.encode(index) else { throw .failed(code: EINVAL) }
        try put([UInt8](text), as: PacketStickLayout.index)
        for path in [folder, "\(root)/\(PacketStickLayout.folder)", root] { try synchronise(path) }
        // FAT promises nothing about folders; this writes whatever the system still holds.
        sync()
    }

    /// The receipts that central put on the stick, by the names of their files.
    ///
    /// - Throws: `notThere` when the stick holds nothing of this kit.
    package func receipts() throws(StickError) -> [(file: String, compact: String)] {
        do throws(FileFailure) {
            let names = try files.names(in: folder).filter { $0.hasSuffix(".receipt.jws") }
            var receipts: [(String, String)] = []
            for name in names {
                // One byte more than any receipt has tells that it is none.
                let bytes = try files.read("\(folder)/\(name)", from: 0, count: ClaimedReceipt.largestByteCount + 1)
                receipts.append((name, String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)))
            }
            return receipts
        } catch {
            throw error.code == ENOENT && Self.device(of: root) == device ? .notThere : StickError(error)
        }
    }

    private func freeSpace() throws(StickError) -> Int {
        do throws(FileFailure) {
            return try files.freeSpace(at: root)
        } catch {
            throw StickError(error)
        }
    }

    private func isThere(_ packet: StickPacket) throws(StickError) -> Bool {
        do throws(FileFailure) {
            let path = "\(folder)/\(PacketFileName.sealed(packet.id))"
            guard try files.size(of: path) == packet.fileSize else { return false }
            if let manifest = packet.manifest {
                let path = "\(folder)/\(PacketFileName.manifest(packet.id))"
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
    private func copy(_ source: String, to name: String, as packet: StickPacket) throws(StickError) -> Bool {
        let part = URL(filePath: "\(folder)/\(name).part")
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
            try bringUnderName(name)
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

    private func put(_ bytes: [UInt8], as name: String) throws(StickError) {
        do throws(FileFailure) {
            try files.write(bytes, to: "\(folder)/\(name).part")
            try files.synchronise("\(folder)/\(name).part")
            try bringUnderName(name)
        } catch {
            throw StickError(error)
        }
    }

    private func bringUnderName(_ name: String) throws(FileFailure) {
        try files.rename("\(folder)/\(name).part", to: "\(folder)/\(name)")
        do throws(FileFailure) {
            try files.synchroniseDirectory(folder)
        } catch {
            guard Self.cannot(error) else { throw error }
        }
    }

    private func synchronise(_ path: String) throws(StickError) {
        do throws(FileFailure) {
            try files.synchroniseDirectory(path)
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
        guard Self.device(of: root) == device else { throw .pulledOut }
    }

    private static func device(of path: String) -> UInt64? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        return UInt64(status.st_dev)
    }
}
