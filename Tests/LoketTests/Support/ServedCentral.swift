import Foundation

/// `loket-central serve` in a process of its own, for as long as a test needs it.
final class ServedCentral: Sendable {
    let port: Int
    private let process: Process
    private let ending: Task<Int32, Never>

    private struct Ready: Decodable {
        let event: String
        let port: Int
    }

    /// Returns when kits can connect.
    init(in folder: URL) async throws {
        let process = Process()
        process.executableURL = Program(name: "loket-central").file
        process.arguments = ["serve", "--dir", "central", "--training", "--port", "0"]
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        let (ends, ended) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = {
            ended.yield($0.terminationStatus)
            ended.finish()
        }
        try process.run()
        ending = Task { await ends.first { _ in true } ?? -1 }
        self.process = process
        let line = await Self.firstLine(of: pipe.fileHandleForReading)
        do {
            port = try JSONDecoder().decode(Ready.self, from: line).port
        } catch {
            process.terminate()
            throw error
        }
    }

    /// Asks it to end, and gives its exit code.
    func stop() async -> Int32 {
        process.terminate()
        return await ending.value
    }

    deinit { if process.isRunning { process.terminate() } }

    private static func firstLine(of handle: FileHandle) async -> Data {
        let (pieces, continuation) = AsyncStream<Data>.makeStream()
        handle.readabilityHandler = {
            let piece = $0.availableData
            if piece.isEmpty { continuation.finish() } else { continuation.yield(piece) }
        }
        defer { handle.readabilityHandler = nil }
        var line = Data()
        for await piece in pieces {
            line += piece
            if let end = line.firstIndex(of: UInt8(ascii: "\n")) { return line[..<end] }
        }
        return line
    }
}
