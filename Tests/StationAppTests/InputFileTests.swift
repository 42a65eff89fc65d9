import EnrolmentCore
import Foundation
import Testing

@testable import StationApp

@Suite("InputFile", .timeLimit(.minutes(1)))
struct InputFileTests {
    private func withFile(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "input-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appending(path: "file"))
    }

    private func refusal(of path: String, _ limit: InputFile.Limit) -> String? {
        do throws(FailureReport) {
            _ = try InputFile.bytes(of: path, atMost: limit, called: "it")
            return nil
        } catch {
            #expect(error.code == .input(.unreadableFile))
            return error.detail
        }
    }

    @Test("A file of as many bytes as are allowed is read; with one more it is refused", arguments: [0, 1])
    func limit(more: Int) throws {
        try withFile { file in
            try Data(repeating: 7, count: InputFile.Limit.certificate.rawValue + more).write(to: file)
            let detail = refusal(of: file.path, .certificate)
            #expect(detail == (more == 0 ? nil : "it: larger than 65536 bytes"))
        }
    }

    @Test("A file that claims a terabyte is refused before any of it is read", arguments: InputFile.Limit.allCases)
    func sparse(limit: InputFile.Limit) throws {
        try withFile { file in
            #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
            #expect(truncate(file.path, 1 << 40) == 0)
            #expect(refusal(of: file.path, limit) == "it: larger than \(limit.rawValue) bytes")
        }
    }

    @Test("What has no end, is a folder, or is not there, is refused")
    func noFile() throws {
        #expect(refusal(of: "/dev/zero", .script) == "it: no file")
        #expect(refusal(of: "/", .script) == "it: no file")
        #expect(refusal(of: "/no/such/file", .script) == "it: not there")
    }

    @Test("A pipe is read to its end; one that has not ended is read no further than the limit")
    func pipe() throws {
        try withPipe { path, writing in
            #expect(write(writing, "geheim", 6) == 6)
            close(writing)
            let bytes = try InputFile.bytes(of: path, atMost: .script, called: "it")
            #expect(bytes == Array("geheim".utf8))
        }
        try withPipe { path, writing in
            defer { close(writing) }
            // F_SETPIPE_SZ of fcntl(2): room for all of it, so that nobody has to read meanwhile.
            #expect(fcntl(writing, 1031, Int32(1 << 20)) >= 1 << 20)
            let more = [UInt8](repeating: 7, count: InputFile.Limit.certificate.rawValue + 1)
            #expect(write(writing, more, more.count) == more.count)
            #expect(refusal(of: path, .certificate) == "it: larger than 65536 bytes")
        }
    }

    /// - Parameter body: is given the reading end as a path, and closes the writing end.
    private func withPipe(_ body: (String, Int32) throws -> Void) throws {
        var ends: [Int32] = [-1, -1]
        try #require(Glibc.pipe(&ends) == 0)
        defer { close(ends[0]) }
        try body("/dev/fd/\(ends[0])", ends[1])
    }

    @Test("A script of nothing but brackets is a wrong script, not a crash")
    func nesting() throws {
        try withFile { file in
            try Data(repeating: UInt8(ascii: "["), count: 1_000_000).write(to: file)
            #expect(throws: FailureReport.self) { try EnrolmentScript(contentsOf: file) }
            try Data((String(repeating: "{\"visit\":", count: 100_000)).utf8).write(to: file)
            #expect(throws: FailureReport.self) { try EnrolmentScript(contentsOf: file) }
        }
    }
}
