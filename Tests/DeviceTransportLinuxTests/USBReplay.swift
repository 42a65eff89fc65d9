import EnrolmentCore
import Foundation

/// Starts this test program again with a recording in place of the USB bus.
enum Replay {
    struct Outcome {
        let bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// How many pixels differ; nil when no picture came.
        func differences(from picture: GrayImage) -> Int? {
            guard bytes.count == picture.pixels.count else { return nil }
            return zip(bytes, picture.pixels).count { $0 != $1 }
        }
    }

    /// What the person in front of the scanner does.
    enum Person: String {
        case obliges, cancels, staysAway
    }

    static let outputVariable = "LOKET_REPLAY_OUTPUT"
    static let personVariable = "LOKET_REPLAY_PERSON"
    static let program = URL(filePath: "/usr/bin/umockdev-run")

    static var outputPath: String? { ProcessInfo.processInfo.environment[outputVariable] }

    static var person: Person {
        ProcessInfo.processInfo.environment[personVariable].flatMap(Person.init) ?? .obliges
    }

    static let folder: URL = {
        let witness =
            ProcessInfo.processInfo.environment["LOKET_WITNESS"].map { URL(filePath: $0) }
            ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/witness")
        return witness.standardizedFileURL.appending(path: "uru4000-4500")
    }()

    static var isPossible: Bool {
        outputPath == nil && FileManager.default.isReadableFile(atPath: folder.appending(path: "capture.pcapng").path)
            && FileManager.default.isExecutableFile(atPath: program.path)
    }

    static func deviceFile() throws -> String {
        try String(contentsOf: folder.appending(path: "device"), encoding: .utf8)
    }

    static func recording() throws -> USBRecording {
        USBRecording([UInt8](try Data(contentsOf: folder.appending(path: "capture.pcapng"))))
    }

    static func run(
        device: String, recording: [UInt8], person: Person = .obliges, test: String = "USBReplayTests/replayed"
    ) throws -> Outcome {
        let work = FileManager.default.temporaryDirectory.appending(path: "loket-replay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: work) }
        let files = (work.appending(path: "device"), work.appending(path: "capture"), work.appending(path: "outcome"))
        try Data(device.utf8).write(to: files.0)
        try Data(recording).write(to: files.1)
        // "P: /devices/…" is the first line.
        let path = device.prefix { $0 != "\n" }.dropFirst(3)
        let process = Process()
        process.executableURL = program
        process.arguments =
            ["-d", files.0.path, "-p", "/sys\(path)=\(files.1.path)", "--"] + invocation(of: test)
        process.environment = ProcessInfo.processInfo.environment.merging([
            outputVariable: files.2.path, personVariable: person.rawValue,
        ]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return Outcome(bytes: [UInt8]((try? Data(contentsOf: files.2)) ?? Data()))
    }

    private static func invocation(of test: String) -> [String] {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return [own, "--testing-library", "swift-testing", "--filter", test]
    }
}
