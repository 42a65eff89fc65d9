import Foundation

/// Programs that we did not write, or that lean on libraries that we did not write, run as judges.
enum Witness {
    struct Outcome {
        let status: Int32
        let output: String
    }

    /// The root of the package.
    static var package: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// Recordings and specifications that are not part of the project; `LOKET_WITNESS` says where.
    static func file(_ path: String) -> URL? {
        let folder =
            ProcessInfo.processInfo.environment["LOKET_WITNESS"].map { URL(filePath: $0) }
            ?? package.deletingLastPathComponent().appending(path: "shared/witness")
        let url = folder.appending(path: path)
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }

    static func script(_ name: String) -> String { package.appending(path: "Tests/Witness/\(name)").path }

    /// Runs a program to its end, with its output and errors together.
    static func run(_ arguments: [String], path: String? = nil) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        if let path {
            let known = ProcessInfo.processInfo.environment
            process.environment = known.merging(["PATH": path + ":" + (known["PATH"] ?? "")]) { $1 }
        }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }

    static func canRun(_ arguments: String...) -> Bool { (try? run(arguments))?.status == 0 }
}
