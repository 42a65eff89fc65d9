import Foundation

/// Every write and flush that a guest sent to its disk, in their order, as QEMU's `blklogwrites` wrote them down
/// (the form of the kernel's dm-log-writes).
///
/// With it the disk can be made as it was at any instant, with or without what a disk keeps in a cache until it is
/// told to flush that.
struct DiskLog {
    /// What becomes of the writes behind the last flush.
    enum Cut: String, CaseIterable {
        /// All are there.
        case written
        /// None is.
        case dropped
        /// Each is there or not.
        case scattered
        /// Each page of each is there or not.
        case torn
    }

    /// What the log counts in.
    private static let sector = 512
    /// What a disk of today writes whole. ext4 needs that: torn in two, its superblock has a wrong checksum, and
    /// nothing mounts it.
    private static let page = 4096

    private struct Entry {
        let offset: Int
        /// In the log; nothing for a flush.
        let data: Range<Int>
        let isFlush: Bool
        /// Is on the disk when it is done.
        let isForced: Bool
    }

    private let bytes: Data
    private let entries: [Entry]
    /// What the guest said by writing it to one place on the disk, each with the number of entries before it.
    let lines: [(position: Int, text: Substring)]

    /// The number of writes and flushes.
    var count: Int { entries.count }
    var flushes: Int { entries.count(where: \.isFlush) }

    /// Reads as much as was written before the power went.
    ///
    /// - Parameter announcements: the place on the disk where the guest says things, in bytes.
    init(contentsOf path: String, announcements: Int) throws {
        bytes = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        entries = try Self.entries(in: bytes)
        lines = entries.indices.compactMap { [bytes, entries] index in
            guard entries[index].offset == announcements, !entries[index].data.isEmpty else { return nil }
            return (index, Substring(decoding: bytes[entries[index].data].prefix { $0 != 0 }, as: UTF8.self))
        }
    }

    private static func entries(in bytes: Data) throws -> [Entry] {
        func number(_ position: Int) -> Int {
            Int(truncatingIfNeeded: bytes[position..<position + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
        }
        guard bytes.count >= sector, number(0) == 0x6A_7366_7773_6872 else {
            throw CampaignFailure("no log of a disk")
        }
        var entries: [Entry] = []
        var position = sector
        while position + sector <= bytes.count {
            let (flags, length) = (number(position + 16), number(position + 8) * sector)
            // Behind a hole lies what was still on its way when QEMU ended.
            guard flags != 0 || length > 0 else { break }
            guard flags & ~3 == 0 else { throw CampaignFailure("an entry of a kind that is not known: \(flags)") }
            let data = position + sector..<position + sector + length
            guard data.upperBound <= bytes.count else { break }
            entries.append(
                Entry(offset: number(position) * sector, data: data, isFlush: flags & 1 != 0, isForced: flags & 2 != 0))
            position = data.upperBound
        }
        return entries
    }

    /// Writes to the file of a disk, as it was before the log, what a cut behind `position` entries leaves.
    func apply(_ cut: Cut, at position: Int, using generator: inout SeededGenerator, to path: String) throws {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw CampaignFailure("cannot open the disk") }
        defer { close(file) }
        let flushed = entries[..<position].lastIndex(where: \.isFlush) ?? 0
        for index in 0..<position where !entries[index].data.isEmpty {
            let entry = entries[index]
            switch index < flushed || entry.isForced ? .written : cut {
            case .written: try write(entry.data, at: entry.offset, to: file)
            case .dropped: break
            case .scattered: if generator.next() % 2 == 0 { try write(entry.data, at: entry.offset, to: file) }
            case .torn:
                var start = 0
                while start < entry.data.count {
                    // Up to the next whole page of the disk.
                    let end = min(entry.data.count, start + Self.page - (entry.offset + start) % Self.page)
                    let from = entry.data.lowerBound
                    if generator.next() % 2 == 0 {
                        try write(from + start..<from + end, at: entry.offset + start, to: file)
                    }
                    start = end
                }
            }
        }
    }

    private func write(_ range: Range<Int>, at offset: Int, to file: Int32) throws {
        let done = bytes[range].withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(offset)) }
        guard done == range.count else { throw CampaignFailure("cannot write to the disk") }
    }
}
