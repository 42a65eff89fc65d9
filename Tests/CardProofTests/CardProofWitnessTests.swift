import CardProof
import DeviceEmulation
import EnrolmentCore
import Foundation
import Testing

@Suite("A second opinion on cards, by the Python package cryptography")
struct CardProofWitnessTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Witness/card-proof.py").path
    private static let canRun = (try? run(["python3", script, "--can"]))?.status == 0

    @Test(
        "it comes to the same verdict on every profile, and on cards that were changed",
        .enabled(if: canRun, "python3 with the package cryptography is not installed"))
    func agrees() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "card-witness-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var expected: [(name: String, verdict: CardVerdict)] = []
        for profile in CardProfile.allCases where profile.applet != nil {
            let fixture = try ProofFixture(profile)
            let trusted = try TestCardAuthority(fixture.authority.algorithm)
            let prover = CardProver(try ProofFixture.trust([trusted]))
            var readings = [(profile.rawValue, try Self.reading(profile, fixture))]
            if profile == .v17 || profile == .v18 {
                readings += try Self.changed(try fixture.reading(isWhole: true), profile)
            }
            for (name, reading) in readings {
                try Self.write(reading, trusted, to: folder.appending(path: name))
                expected.append((name, prover.proof(of: reading, at: fixture.time).verdict))
            }
        }
        let folders = expected.map { folder.appending(path: $0.name).path }
        let outcome = try Self.run(["python3", Self.script] + folders)
        #expect(outcome.status == 0, "\(outcome.output)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == expected.count && expected.count > 30)
        for (line, (name, verdict)) in zip(lines, expected) {
            #expect(line.split(separator: " ").first.map(String.init) == verdict.rawValue, "\(name): \(line)")
        }
        let verdicts = Set(expected.map(\.verdict))
        #expect(verdicts == [.revocationNotChecked, .chainExpired, .cannotBeChecked, .forged])
    }

    /// A chip whose counter is spent gives no answer.
    private static func reading(_ profile: CardProfile, _ fixture: ProofFixture) throws -> CardReading {
        let reading = try fixture.reading(isWhole: true)
        guard profile.behaviour.challengesLeft == 0, let challenge = reading.challenge else { return reading }
        return reading.with(challenge: CardChallenge(challenge: challenge.challenge, response: []))
    }

    private static func changed(_ reading: CardReading, _ profile: CardProfile) throws -> [(String, CardReading)] {
        try [CardFile.identity, .identitySignature, .address, .addressSignature, .photo].flatMap { file in
            var content = try #require(reading.files[file])
            content[20] ^= 0x10
            return [
                ("\(profile.rawValue)-\(file.rawValue)-flipped", reading.with([file: content])),
                ("\(profile.rawValue)-\(file.rawValue)-absent", reading.with([file: nil])),
            ]
        }
    }

    private static func write(_ reading: CardReading, _ trusted: TestCardAuthority, to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func write(_ bytes: [UInt8], _ name: String) throws {
            try Data(bytes).write(to: folder.appending(path: "\(name).bin"))
        }
        for (file, content) in reading.files { try write(content, file.rawValue) }
        try write(trusted.rootCertificate, "trustedRoot")
        try write(reading.chipNumber, "chipNumber")
        try write(reading.challenge?.challenge ?? [], "challenge")
        try write(reading.challenge?.response ?? [], "response")
        try Data("\(reading.appletVersion)".utf8).write(to: folder.appending(path: "applet"))
        try Data("\(reading.readAt.milliseconds / 1000)".utf8).write(to: folder.appending(path: "time"))
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
