import EnrolmentCore
import Foundation
import StationTestSupport
import Testing

@testable import BiometricFormats

/// What NBIS says, through the Python package `wsq`.
private struct WSQWitness {
    struct Verdict: Decodable {
        let bytes: Int
        let referenceBytes: Int
        let psnr: Double
        let referencePsnr: Double
        let maxDifferenceFromReference: Int
        let pixelsUnlikeReference: Int
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let isPresent = (try? run(["-c", "import wsq, numpy, PIL"])) != nil
    static let fingers: [URL] = {
        let folder =
            ProcessInfo.processInfo.environment["LOKET_WITNESS"].map { URL(filePath: $0) }
            ?? root.deletingLastPathComponent().appending(path: "shared/witness")
        let files = try? FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "fingers"), includingPropertiesForKeys: nil)
        return (files ?? []).filter { $0.pathExtension == "png" }.sorted { $0.path < $1.path }
    }()

    struct Failed: Error { let status: Int32 }

    @discardableResult
    static func run(_ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
        return data
    }

    /// Encodes here and there, decodes here and there, and compares all with all.
    static func judge(_ image: GrayImage, _ name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wsq-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> URL { folder.appending(path: name) }
        let file = try WSQEncoder().encode(image)
        try Data(PGMCodec().encode(image)).write(to: path("original.pgm"))
        try Data(file).write(to: path("ours.wsq"))
        let json = try run([
            root.appending(path: "Tests/Witness/wsq.py").path, path("original.pgm").path, path("ours.wsq").path,
            "--save-reference", path("theirs.wsq").path, "--save-decoded", path("ours.pgm").path,
            "--save-reference-decoded", path("theirs.pgm").path,
        ])
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let verdict = try decoder.decode(Verdict.self, from: json)

        // Closer than the certification asks: the same length to 0.1 %, the same pixels but for rounding.
        let lengthError = abs(Double(verdict.bytes) / Double(verdict.referenceBytes) - 1)
        #expect(lengthError <= 0.001, "\(name): \(verdict.bytes) against \(verdict.referenceBytes) bytes")
        #expect(verdict.psnr >= verdict.referencePsnr - 0.01, "\(name)")
        #expect(verdict.maxDifferenceFromReference <= 5, "\(name)")
        #expect(verdict.pixelsUnlikeReference <= image.pixels.count / 100, "\(name)")

        for side in ["ours", "theirs"] {
            let bytes = [UInt8](try Data(contentsOf: path("\(side).wsq")))
            let here = try WSQDecoder().decode(bytes)
            let there = try PGMCodec().decode([UInt8](try Data(contentsOf: path("\(side).pgm"))))
            #expect(here.greatestDifference(from: there) <= 1, "\(name), \(side)")
            #expect(zip(here.pixels, there.pixels).count { $0 != $1 } <= image.pixels.count / 1000, "\(name), \(side)")
        }
    }
}

@Suite("WSQ against NBIS", .serialized)
struct WSQWitnessTests {
    @Test(
        "NBIS and we agree on synthetic pictures, in both directions",
        .enabled(if: WSQWitness.isPresent, "SKIPPED: python3 cannot import wsq, numpy and PIL, so nothing is proven"),
        arguments: [(90, 97), (388, 374)])
    func synthetic(_ width: Int, _ height: Int) throws {
        try WSQWitness.judge(SyntheticFinger.image(width: width, height: height, seed: 5), "\(width) x \(height)")
    }

    @Test(
        "NBIS and we agree on pictures of real fingers, in both directions",
        .enabled(
            if: WSQWitness.isPresent && !WSQWitness.fingers.isEmpty,
            "SKIPPED: no witness pictures in ../shared/witness/fingers or LOKET_WITNESS, or no python3 with wsq"),
        arguments: WSQWitness.fingers)
    func fingers(_ url: URL) throws {
        let image = try PNGCodec().decodeGray([UInt8](try Data(contentsOf: url)))
        try WSQWitness.judge(image, url.lastPathComponent)
    }

    @Test(
        "the files of the witness fingers are as long as those that NBIS made of them",
        .enabled(
            if: !WSQWitness.fingers.isEmpty,
            "SKIPPED: no witness pictures in ../shared/witness/fingers or LOKET_WITNESS"),
        arguments: ["p1_1": 12_211, "p1_2": 11_043, "p2_1": 11_706])
    func knownLengths(_ name: String, _ length: Int) throws {
        let url = try #require(WSQWitness.fingers.first { $0.deletingPathExtension().lastPathComponent == name })
        let image = try PNGCodec().decodeGray([UInt8](try Data(contentsOf: url)))
        let described = GrayImage(width: image.width, height: image.height, pixels: image.pixels, pixelsPerInch: 500)
        #expect(try WSQEncoder().encode(described).count == length)
    }

    @Test(
        "NBIS and we agree on a picture of one grey value",
        .enabled(if: WSQWitness.isPresent, "SKIPPED: python3 cannot import wsq, numpy and PIL, so nothing is proven"))
    func constant() throws {
        try WSQWitness.judge(SyntheticFinger.constant(128, width: 500, height: 500), "constant")
    }

    @Test(
        "NBIS reads our file with comments, also one made to fit a limit, as we do",
        .enabled(if: WSQWitness.isPresent, "SKIPPED: python3 cannot import wsq, numpy and PIL, so nothing is proven"))
    func limited() throws {
        var generator = SeededGenerator(seed: 8)
        let pixels = (0..<(400 * 400)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let image = GrayImage(width: 400, height: 400, pixels: pixels, pixelsPerInch: 500)
        let encoder = WSQEncoder(comments: ["one", ""])
        for file in [try encoder.encode(image), try encoder.encode(image, atMost: 1500)] {
            let folder = FileManager.default.temporaryDirectory.appending(path: "wsq-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            func path(_ name: String) -> URL { folder.appending(path: name) }
            try Data(PGMCodec().encode(image)).write(to: path("original.pgm"))
            try Data(file).write(to: path("ours.wsq"))
            try WSQWitness.run([
                WSQWitness.root.appending(path: "Tests/Witness/wsq.py").path, path("original.pgm").path,
                path("ours.wsq").path, "--save-decoded", path("ours.pgm").path,
            ])
            let there = try PGMCodec().decode([UInt8](try Data(contentsOf: path("ours.pgm"))))
            #expect(try WSQDecoder().decode(file).greatestDifference(from: there) <= 1, "seed 8, \(file.count) bytes")
        }
    }
}
