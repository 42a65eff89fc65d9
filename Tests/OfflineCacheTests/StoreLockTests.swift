import Foundation
import Glibc
import Testing

@testable import OfflineCache

@Suite("The lock of the data folder")
struct StoreLockTests {
    private let data: DataFolder
    private let folder: DurableFolder

    init() throws {
        data = try DataFolder()
        folder = try DurableFolder.prepare(data.path)
    }

    @Test("let go, it is free at once, though a program that is being started still has a copy of its descriptor")
    func copied() throws {
        let lock = try StoreLock(in: folder)
        // What starting a program does to each descriptor, until that program is loaded.
        let copy = dup(try #require(descriptor()))
        defer { close(copy) }
        #expect(throws: StoreError.inUse) { try StoreLock(in: folder) }
        lock.release()
        try StoreLock(in: folder).release()
    }

    @Test(
        "taken and let go while programs are started beside it",
        .enabled(if: ProcessInfo.processInfo.environment["LOKET_STRESS"] != nil, "LOKET_STRESS is not set: 60 s"))
    func besideStarts() throws {
        let end = ContinuousClock.now.advanced(by: .seconds(60))
        let starters = (0..<4).map { _ in
            let thread = Thread {
                while ContinuousClock.now < end {
                    var child = pid_t()
                    guard posix_spawn(&child, "/bin/true", nil, nil, [strdup("true"), nil], nil) == 0 else { continue }
                    waitpid(child, nil, 0)
                }
            }
            thread.start()
            return thread
        }
        var (rounds, refused) = (0, 0)
        while ContinuousClock.now < end {
            do { try StoreLock(in: folder).release() } catch { refused += 1 }
            rounds += 1
        }
        #expect(refused == 0, "of \(rounds)")
        print("store lock: \(rounds) rounds, \(refused) refused, \(starters.count) threads starting programs")
    }

    /// The one descriptor of this process that is open on the lock's file.
    private func descriptor() -> CInt? {
        let path = folder.path(of: StoreLock.fileName)
        return (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.compactMap { CInt($0) }.first {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
        }
    }
}
