import Foundation

/// A program of this build, run as its users run it.
struct Program: Sendable {
    struct Ending: Sendable {
        let exitCode: Int32
        let output: String
        let errors: String
    }

    /// Where the tests and the programs of one build lie together.
    private static let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    let name: String

    var file: URL { Self.products.appending(path: name) }

    static var areBuilt: Bool {
        ["loket", "loket-central"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: Program(name: $0).file.path)
        }
    }

    /// Runs it in a folder, with nothing to read and an environment of its own, until it ends.
    func run(_ arguments: [String], in folder: URL, environment: [String: String] = [:]) async throws -> Ending {
        let process = Process()
        process.executableURL = file
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.environment = ["HOME": folder.path, "TMPDIR": folder.path, "TZ": "Europe/Brussels"]
            .merging(environment) { _, new in new }
        // Files, since a pipe that nobody reads yet can stop a program that says much.
        let said = try Self.newFile()
        let complained = try Self.newFile()
        defer { for file in [said, complained] { try? FileManager.default.removeItem(at: file.url) } }
        process.standardOutput = said.handle
        process.standardError = complained.handle
        let exitCode: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        return Ending(exitCode: exitCode, output: try said.text(), errors: try complained.text())
    }

    private struct OutputFile {
        let url: URL
        let handle: FileHandle

        func text() throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }
    }

    private static func newFile() throws -> OutputFile {
        let url = FileManager.default.temporaryDirectory.appending(path: "loket-output-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        return OutputFile(url: url, handle: try FileHandle(forWritingTo: url))
    }
}
