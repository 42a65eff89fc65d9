import Foundation
import Glibc
import Synchronization

/// Another program that a test runs; stopped with the test in any case.
final class ToolProcess: Sendable {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let complaints: String
    }

    private let process: Mutex<Process>
    private let output = Pipe()
    private let complaints = Pipe()

    /// Our own program, beside the test bundle.
    static var central: String {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("loket-central").path
    }

    /// - Parameter input: what it reads on standard input; nothing when nil.
    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: String? = nil
    ) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = complaints
        let pipe = input.map { _ in Pipe() }
        process.standardInput = pipe ?? FileHandle.nullDevice
        try process.run()
        if let pipe, let input {
            try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try pipe.fileHandleForWriting.close()
        }
        self.process = Mutex(process)
    }

    /// Runs a program to its end.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: String? = nil
    ) async throws -> Result {
        try await ToolProcess(program, arguments, environment: environment, input: input).waitForResult()
    }

    func firstLine() async throws -> String {
        try await onOwnThread { [output] in
            var line: [UInt8] = []
            while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
                line.append(byte)
            }
            return String(decoding: line, as: UTF8.self)
        }
    }

    func waitForResult() async throws -> Result {
        async let printed = read(output)
        async let complained = read(complaints)
        let (text, complaint) = try await (printed, complained)
        let status = try await onOwnThread { [self] in
            process.withLock { process in
                process.waitUntilExit()
                return process.terminationStatus
            }
        }
        return Result(status: status, output: text, complaints: complaint)
    }

    /// As when the power fails: no handler runs.
    func kill() { process.withLock { _ = Glibc.kill($0.processIdentifier, SIGKILL) } }

    func terminate() { process.withLock { $0.terminate() } }

    private func read(_ pipe: Pipe) async throws -> String {
        try await onOwnThread {
            String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        }
    }
}

/// For a call that blocks until another program acts: in the pool that central itself uses, enough of
/// them would keep central from acting.
private func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
    }
}
