import Glibc

/// Says things by writing them to one place of a disk, outside of its file system: so each stands in the disk's own
/// log, at its place among the writes and flushes, and outlasts the machine.
///
/// Nothing is flushed by it.
final class DiskAnnouncer {
    /// What one line takes.
    private static let size = 4096

    /// Past the kernel's cache; Glibc's module does not show the name, and its number differs between processors.
    #if arch(arm64)
        private static let direct: Int32 = 0x1_0000
    #else
        private static let direct: Int32 = 0x4000
    #endif

    private let file: Int32
    private let offset: Int
    private let room: UnsafeMutableRawPointer

    init(_ device: String, at offset: Int) throws {
        file = open(device, O_WRONLY | Self.direct | O_CLOEXEC)
        guard file >= 0 else { throw ChildFailure(what: device, code: errno) }
        self.offset = offset
        room = .allocate(byteCount: Self.size, alignment: Self.size)
    }

    deinit {
        close(file)
        room.deallocate()
    }

    /// Returns once the disk has taken the line. One that it does not take ends the program: nothing may be done
    /// that nobody was told of.
    func say(_ line: String) {
        memset(room, 0, Self.size)
        let bytes = Array(line.utf8.prefix(Self.size - 1))
        bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: room, count: Self.size).copyMemory(from: $0) }
        guard pwrite(file, room, Self.size, off_t(offset)) == Self.size else { exit(9) }
    }
}
