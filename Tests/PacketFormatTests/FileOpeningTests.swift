import Foundation
import Glibc
import Testing

@testable import PacketFormat

/// What else can lie where a plain file is looked for.
enum Disguise: String, CaseIterable, Sendable {
    case pipe, socket, folder, link, device

    /// - Returns: false where this user may not make one.
    func make(at path: String) -> Bool {
        switch self {
        case .pipe: return mkfifo(path, 0o600) == 0
        case .folder: return mkdir(path, 0o700) == 0
        case .link: return symlink("/etc/hostname", path) == 0
        // The device of an empty file: nobody waits for it, and it is no plain file.
        case .device: return mknod(path, S_IFCHR | 0o600, makedev(1, 3)) == 0
        case .socket: return mknod(path, S_IFSOCK | 0o600, 0) == 0
        }
    }

    var isLink: Bool { self == .link }

    private func makedev(_ major: dev_t, _ minor: dev_t) -> dev_t { major << 8 | minor }
}

@Suite("Opening a file", .timeLimit(.minutes(1)))
struct FileOpeningTests {
    private let folder: TemporaryDirectory
    private let files = DurableFiles()

    init() throws { folder = try TemporaryDirectory() }

    private var path: String { folder.url.appending(path: "name").path }

    @Test("what is no plain file is named at once, whatever is done with it", arguments: Disguise.allCases)
    func disguised(disguise: Disguise) throws {
        guard disguise.make(at: path) else { return }
        let (path, url, code) = (path, URL(filePath: path), disguise.isLink ? ELOOP : FileFailure.noPlainFile)
        func expectRefused(_ step: DurableFiles.Step = .open, _ body: () throws -> Void) {
            #expect(throws: FileFailure(step, code)) { try body() }
        }
        expectRefused { _ = try files.read(path, from: 0, count: 1) }
        expectRefused { _ = try files.read(path, atMost: 10) }
        expectRefused { try files.read(url) { _ in } }
        expectRefused { try files.synchronise(path) }
        expectRefused { _ = try OverwritableFile(path, files: files) }
        expectRefused(.create) { try files.write([1], to: path) }
        expectRefused(.create) { try files.write(url) { _ in } }
        expectRefused { _ = try FileLock(path, .shared, files: files) }
        expectRefused(.create) { _ = try FileLock(path, .exclusive, files: files) }
        #expect(throws: FileCopyFailure.file(FileFailure(.open, code))) { try files.copy(path, to: path + ".copy") }
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG)
    }

    @Test("what an operator names may be a link, and a pipe where it is read once")
    func named() throws {
        try files.write([1, 2], to: path + ".file")
        #expect(symlink(path + ".file", path) == 0)
        var found: [[UInt8]?] = []
        try files.readTwice(URL(filePath: path)) {
            found.append(try $0())
        } second: {
            found.append(try $0())
        }
        try files.read(URL(filePath: path), as: .stream) { found.append(try $0()) }
        #expect(found == [[1, 2], [1, 2], [1, 2]])
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        #expect(write(ends[1], "ab", 2) == 2)
        let url = URL(filePath: "/proc/self/fd/\(ends[0])")
        try files.read(url, as: .stream) { found.append(try $0()) }
        #expect(found.last == Array("ab".utf8))
        #expect(throws: FileFailure(.open, FileFailure.noPlainFile)) {
            try files.readTwice(url) { _ in
            } second: { _ in
            }
        }
    }

    @Test("a file larger than the caller knows of is not read")
    func limit() throws {
        try files.write([1, 2, 3], to: path)
        #expect(try files.read(path, atMost: 3) == [1, 2, 3])
        #expect(throws: FileFailure(.open, EFBIG)) { try files.read(path, atMost: 2) }
    }

    @Test("a file that was made and cannot be looked at does not stay")
    func unseen() throws {
        let blind = DurableFiles { $0 == .look ? EIO : nil }
        #expect(throws: FileFailure(.look, EIO)) { try blind.write([1], to: path) }
        #expect(access(path, F_OK) != 0)
    }

    @Test("a lock has one holder, until it is let go of")
    func lock() throws {
        let held = try FileLock(path, .exclusive, files: files)
        #expect(throws: FileFailure(.lock, EWOULDBLOCK)) { try FileLock(path, .exclusive, files: files) }
        #expect(throws: FileFailure(.lock, EWOULDBLOCK)) { try FileLock(path, .shared, files: files) }
        held.release()
        held.release()
        let first = try FileLock(path, .shared, files: files)
        let second = try FileLock(path, .shared, files: files)
        #expect(throws: FileFailure(.lock, EWOULDBLOCK)) { try FileLock(path, .exclusive, files: files) }
        _ = (first, second)
    }
}
