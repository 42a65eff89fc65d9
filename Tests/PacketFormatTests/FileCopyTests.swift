import Foundation
import Synchronization
import Testing

@testable import PacketFormat

@Suite("Copying a file", .timeLimit(.minutes(1)))
struct FileCopyTests {
    private let folder: TemporaryDirectory
    private let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    init() throws {
        folder = try TemporaryDirectory()
        try DurableFiles().write(bytes, to: source)
    }

    private var source: String { folder.url.appending(path: "source").path }
    private var target: String { folder.url.appending(path: "target").path }

    private var isTargetThere: Bool { FileManager.default.fileExists(atPath: target) }

    /// Does something before the given read.
    private func files(beforeRead number: Int, _ body: @escaping @Sendable () -> Int32?) -> DurableFiles {
        let reads = Mutex(0)
        return DurableFiles { step in
            guard step == .read,
                reads.withLock({
                    $0 += 1
                    return $0 == number
                })
            else { return nil }
            return body()
        }
    }

    @Test("gives the same bytes, an empty file's too, for their owner alone")
    func whole() throws {
        try DurableFiles().copy(source, to: target)
        #expect(try [UInt8](Data(contentsOf: URL(filePath: target))) == bytes)
        let mode = try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try DurableFiles().write([], to: source)
        try DurableFiles().copy(source, to: target)
        #expect(try Data(contentsOf: URL(filePath: target)).isEmpty)
    }

    @Test("ends with a name for it when the file is cut meanwhile, and leaves no copy", arguments: [0, 1, 70_000])
    func cut(to length: Int) throws {
        let path = source
        let files = files(beforeRead: 2) {
            truncate(path, length)
            return nil
        }
        // What was read before the cut had been there.
        let found = max(length, 64 << 10)
        #expect(throws: FileCopyFailure.sourceShrank(from: bytes.count, to: found)) {
            try files.copy(source, to: target)
        }
        #expect(!isTargetThere)
    }

    @Test("leaves out what is added meanwhile")
    func grown() throws {
        let path = source
        let files = files(beforeRead: 2) {
            truncate(path, 900_000)
            return nil
        }
        try files.copy(source, to: target)
        #expect(try [UInt8](Data(contentsOf: URL(filePath: target))) == bytes)
    }

    @Test("leaves no copy when a call fails", arguments: [DurableFiles.Step.write, .synchronise, .read, .look])
    func fails(_ step: DurableFiles.Step) throws {
        let files = DurableFiles { $0 == step ? EIO : nil }
        #expect(throws: FileCopyFailure.file(FileFailure(step, EIO))) { try files.copy(source, to: target) }
        #expect(!isTargetThere)
    }

    @Test("says that there is no such file")
    func absent() throws {
        #expect(throws: FileCopyFailure.file(FileFailure(.open, ENOENT))) {
            try DurableFiles().copy(source + "x", to: target)
        }
    }
}
