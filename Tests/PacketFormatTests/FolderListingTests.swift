import Foundation
import Glibc
import Synchronization
import Testing

@testable import PacketFormat

@Suite("The names in a folder")
struct FolderListingTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        for name in ["c", "a", "b"] { try folder.write([1], as: name) }
    }

    private var path: String { folder.url.path }

    @Test("all of them, in order, and an empty folder has none")
    func all() throws {
        #expect(try DurableFiles().names(in: path) == ["a", "b", "c"])
        for name in try folder.names { try FileManager.default.removeItem(at: folder.url.appending(path: name)) }
        #expect(try DurableFiles().names(in: path) == [])
    }

    @Test("a listing that breaks off at any name is a failure, never a shorter folder")
    func brokenOff() throws {
        let calls = Mutex(0)
        _ = try DurableFiles(interposer: { _ in
            calls.withLock { $0 += 1 }
            return nil
        }).names(in: path)
        // The folder, "." and "..", the three names, and the end.
        #expect(calls.withLock { $0 } == 7)
        for failing in 1...7 {
            let count = Mutex(0)
            let files = DurableFiles(interposer: { _ in
                count.withLock {
                    $0 += 1
                    return $0 == failing ? EIO : nil
                }
            })
            #expect(throws: FileFailure(.list, EIO)) { try files.names(in: path) }
        }
    }

    @Test("what the system itself says of a folder that it cannot read on is told")
    func systemFails() throws {
        let path = path
        let isBroken = Mutex(false)
        let files = DurableFiles(interposer: { _ in
            // A plain file takes the open folder's place: its names are asked for then, and it has none.
            guard let descriptor = Self.descriptor(of: path) else { return nil }
            let other = open("\(path)/a", O_RDONLY | O_CLOEXEC)
            defer { close(other) }
            let isDone = dup2(other, descriptor) == descriptor
            isBroken.withLock { $0 = isDone }
            return nil
        })
        #expect(throws: FileFailure(.list, ENOTDIR)) { try files.names(in: path) }
        #expect(isBroken.withLock { $0 })
    }

    /// Under which this process has the folder open.
    private static func descriptor(of path: String) -> Int32? {
        (0..<1024).first { number in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")) == path
        }
    }
}
