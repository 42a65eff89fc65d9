import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import Testing

@testable import StationApp

/// Provisioning as the verb does it, at the real cost of a passphrase.
@Suite("A kit's folder")
struct KitFolderTests {
    private let passphrase: SecretBytes
    private let guess: SecretBytes

    init() throws {
        passphrase = try SecretBytes(text: "nog een zin van de proef")
        guess = try SecretBytes(text: "een gok")
    }

    /// A folder that is not a kit yet, beside the bench's own.
    private func newFolder(_ bench: StationBench) -> KitFolder {
        KitFolder(bench.folder.url.appending(path: "nieuw/loket"))
    }

    @Test("opens with its passphrase alone, and shows nobody else its keys")
    func sealed() async throws {
        try await withStationBench { bench in
            let folder = newFolder(bench)
            try await folder.provision(bench.bundle, passphrase: passphrase, clock: bench.clock)
            try await folder.prove(passphrase: passphrase)
            await #expect(throws: FailureReport.self) { try await folder.prove(passphrase: guess) }
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
            let open = try await folder.open(passphrase: passphrase, clock: bench.clock)
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
            _ = try StoreKeys(in: folder.url.path, clock: bench.clock).create(under: passphrase)
            #expect(!folder.isProvisioned)
            await #expect(throws: FailureReport.self) {
                try await folder.provision(bench.bundle, passphrase: guess, clock: bench.clock)
            }
            try await folder.provision(bench.bundle, passphrase: passphrase, clock: bench.clock)
            #expect(folder.isProvisioned)
            await #expect(throws: FailureReport.self) {
                try await folder.provision(bench.bundle, passphrase: passphrase, clock: bench.clock)
            }
        }
    }

    @Test("a kit without its own keys is told what is kept, and is whole again once it is provisioned anew")
    func keysGone() async throws {
        try await withStationBench { bench in
            let folder = newFolder(bench)
            let none = FailureReport(.input(.missingConfiguration), detail: "no kit.sealed", kept: .nothingToKeep)
            await #expect(throws: none) { try await folder.open(passphrase: passphrase, clock: bench.clock) }
            #expect(throws: none) { try folder.checkCanBeOpened() }
            try await folder.provision(bench.bundle, passphrase: passphrase, lock: .cheapest, clock: bench.clock)
            let kit = try await folder.open(passphrase: passphrase, clock: bench.clock)
            try await kit.plan(bench.day.visits)
            try await bench.enrol(on: kit)
            kit.store.close()
            try FileManager.default.removeItem(at: folder.url.appending(path: "kit.sealed"))
            let gone = FailureReport(.store(.kitMissing), detail: "kit.sealed is missing beside a store", kept: .rest)
            await #expect(throws: gone) { try await folder.open(passphrase: passphrase, clock: bench.clock) }
            // So it is told where the screen would come.
            #expect(throws: gone) { try folder.checkCanBeOpened() }
            try await folder.provision(bench.bundle, passphrase: passphrase, clock: bench.clock)
            let again = try await folder.open(passphrase: passphrase, clock: bench.clock)
            #expect(try await again.packets().map(\.state) == [.sealed])
            again.store.close()
        }
    }

    @Test("a kit without its database is not opened as a new one: what lies there is told")
    func databaseGone() async throws {
        try await withStationBench { bench in
            let folder = newFolder(bench)
            try await folder.provision(bench.bundle, passphrase: passphrase, lock: .cheapest, clock: bench.clock)
            try await folder.open(passphrase: passphrase, clock: bench.clock).store.close()
            try FileManager.default.removeItem(at: folder.url.appending(path: "store.sqlite"))
            let gone = FailureReport(
                .store(.storeMissing), detail: StoreError.storeMissing(packets: 0).description, kept: .rest)
            await #expect(throws: gone) { try await folder.open(passphrase: passphrase, clock: bench.clock) }
        }
    }

    @Test("its key is rotated and put under another passphrase, and it is the same kit")
    func keys() async throws {
        try await withStationBench { bench in
            let folder = newFolder(bench)
            try await folder.provision(bench.bundle, passphrase: passphrase, lock: .cheapest, clock: bench.clock)
            let before = try await folder.keyStatus()
            try await folder.rotateKey(passphrase: passphrase, clock: bench.clock)
            #expect(try await folder.keyStatus().keys.map(\.id) != before.keys.map(\.id))
            try await folder.changePassphrase(from: passphrase, to: guess, clock: bench.clock)
            await #expect(throws: FailureReport.self) { try await folder.prove(passphrase: passphrase) }
            let open = try await folder.open(passphrase: guess, clock: bench.clock)
            #expect(open.bundle == bench.bundle)
            open.store.close()
        }
    }

    @Test(
        "erasing it wants a confirmation, refuses while packets wait, and ends in a statement that central's key proves"
    )
    func erased() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            try await bench.enrol(on: kit)
            kit.store.close()
            let folder = KitFolder(bench.home, safe: nil)
            try bench.provisionBundle()
            let passphrase = try SecretBytes(text: StationBench.passphrase)
            await #expect(
                throws: FailureReport(
                    .store(.packetsWaiting), detail: "1 packets have not arrived at central", kept: .packet)
            ) {
                try await folder.erase(passphrase: passphrase, keepingPackets: false, clock: bench.clock) { _, _ in }
            }
            let refusal = FailureReport(.input(.notConfirmed), kept: .draft)
            await #expect(throws: refusal) {
                try await folder.erase(passphrase: passphrase, keepingPackets: true, clock: bench.clock) {
                    (_, _) throws(FailureReport) in throw refusal
                }
            }
            try await folder.prove(passphrase: passphrase)
            let statement = try await folder.erase(passphrase: passphrase, keepingPackets: true, clock: bench.clock) {
                #expect($0 == bench.bundle.kit && $1.waiting == 1)
            }
            #expect(statement.isProof && statement.packetsKept == 1)
            #expect(folder.isErased && !folder.isProvisioned)
            let erased = StoreError.erased.report(kept: .draft)
            #expect(erased.kept == .rest)
            await #expect(throws: erased) { try await folder.open(passphrase: passphrase, clock: bench.clock) }
            #expect(throws: erased) { try folder.checkCanBeOpened() }
            let key = bench.folder.url.appending(path: "kit.pem")
            try Data(try KitSigningKey(pem: bench.bundle.signingKey).verifyingKey.pem.utf8).write(to: key)
            #expect(try KitFolder.verifyErasure(folder.erasureFile, key: key) == statement)
        }
    }
}
