import EnrolmentCore
import Foundation
import OfflineCache
import Testing

@testable import StationApp

/// Provisioning as the verb does it, at the real cost of a passphrase.
@Suite("A kit's folder")
struct KitFolderTests {
    private static let passphrase = "nog een zin van de proef"

    /// A folder that is not a kit yet, beside the bench's own.
    private func newFolder(_ bench: StationBench) -> KitFolder {
        KitFolder(bench.folder.url.appending(path: "nieuw/loket"))
    }

    @Test("opens with its passphrase alone, and shows nobody else its keys")
    func sealed() async throws {
        try await withStationBench { bench in
            let folder = newFolder(bench)
            try folder.provision(bench.bundle, passphrase: Self.passphrase)
            #expect(folder.accepts(passphrase: Self.passphrase))
            #expect(!folder.accepts(passphrase: "een gok"))
            let file = folder.url.appending(path: "kit.sealed")
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            var scan = PlaintextScan()
            for key in [bench.bundle.clientKey, bench.bundle.signingKey] {
                // The lines between the armour: base64 as it is, which a file may hold as text.
                for line in key.split(separator: "\n").dropFirst().dropLast() {
                    scan.add(text: String(line), label: "key")
                }
            }
            #expect(scan.needleCount > 0)
            #expect(try scan.search(folder: folder.url).isEmpty)
            let plain = try bench.bundle.encoded()
            #expect(!scan.search(plain, named: "bundle").isEmpty, "the same search finds them in the bundle")
            let open = try await folder.open(passphrase: Self.passphrase, clock: bench.clock)
            #expect(open.bundle == bench.bundle)
            open.store.close()
        }
    }

    @Test("is provisioned once; a provisioning that broke off can be done again")
    func again() async throws {
        try await withStationBench { bench in
            let folder = newFolder(bench)
            try FileManager.default.createDirectory(
                at: folder.url.deletingLastPathComponent(), withIntermediateDirectories: true)
            // As after a power cut between the key and the bundle.
            _ = try StoreKey.create(in: folder.url.path, passphrase: Self.passphrase)
            #expect(!folder.isProvisioned)
            #expect(throws: FailureReport.self) { try folder.provision(bench.bundle, passphrase: "een gok") }
            try folder.provision(bench.bundle, passphrase: Self.passphrase)
            #expect(folder.isProvisioned)
            #expect(throws: FailureReport.self) { try folder.provision(bench.bundle, passphrase: Self.passphrase) }
        }
    }
}
