import EnrolmentCore
import Foundation
import PacketFormat
import Testing

@testable import CentralServer

/// tuspy was written by the tus project and knows nothing of us.
@Suite("Witness: the tus project's own client", .enabled(if: Tuspy.isInstalled, "tuspy is not installed"))
struct TuspyWitnessTests {
    private var script: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Witness/central_tuspy.py").path
    }

    @Test("It creates, sends pieces with checksums, stops, resumes and finishes, and central has the packet")
    func upload() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 90, size: 200_001)
            let folder = bench.configuration.directory + "/witness"
            try PrivateFile.makeDirectory(folder)
            let files = [
                "ca.pem": Array(bench.bundle.certificateAuthority.utf8),
                "kit.pem": Array(bench.bundle.clientCertificate.utf8), "kit.key": Array(bench.bundle.clientKey.utf8),
                "packet": packet.bytes,
            ]
            for (name, bytes) in files { try PrivateFile.write(bytes, to: "\(folder)/\(name)") }
            let result = try await ToolProcess.run(
                "/usr/bin/env",
                [
                    "python3", script, "https://localhost:\(bench.central.port)/v1/packets", "\(folder)/kit.pem",
                    "\(folder)/kit.key", "\(folder)/packet", packet.signed.compact, "30000",
                ], environment: ["REQUESTS_CA_BUNDLE": "\(folder)/ca.pem"])
            #expect(result.status == 0, "\(result.complaints.suffix(2000))")
            #expect(result.output.contains("/v1/packets/\(packet.id)"))
            #expect(result.output.contains("resumed 100000"))
            #expect(result.output.contains("finished 200001"))
            let receipt = try await bench.kit.receipt(packet.id)
            #expect(receipt.status == 200)
            #expect(try PrivateFile.read(bench.central.path(of: packet.id), isSecret: true) == packet.bytes)
        }
    }
}

private enum Tuspy {
    static let isInstalled: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import tusclient"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()
}
