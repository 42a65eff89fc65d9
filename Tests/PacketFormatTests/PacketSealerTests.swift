import EnrolmentCore
import Foundation
import Glibc
import Testing

@testable import PacketFormat

@Suite("A sealed packet")
struct PacketSealerTests {
    private let directory: TemporaryDirectory
    private let identity: AgeIdentity
    private let key = KitSigningKey()

    init() throws {
        directory = try TemporaryDirectory()
        identity = try AgeFixtures.identity(.hybrid)
    }

    private func sealer(_ interposer: DurableFiles.Interposer? = nil) throws -> PacketSealer {
        try PacketSealer(
            directory: directory.url, recipient: identity.recipient, key: key,
            files: DurableFiles(interposer: interposer))
    }

    private func opener(_ identity: AgeIdentity? = nil) -> PacketOpener {
        PacketOpener(
            verifier: ManifestVerifier(keys: [StatementFixtures.kit: [key.verifyingKey]]),
            identities: [identity ?? self.identity])
    }

    @Test("is opened by central, and by central only")
    func roundTrip() throws {
        let place = RecordFixtures.place()
        let packet = try sealer().seal(RecordFixtures.complete(), at: place)
        let manifest = packet.manifest.manifest
        #expect(try directory.names == ["\(place.id).age"])
        #expect(packet.file.lastPathComponent == PacketFileName.sealed(place.id))
        #expect(manifest.fileSize == (try directory.bytes("\(place.id).age")).count)
        #expect(manifest.recipientKeyID == identity.recipient.keyID)
        #expect(!manifest.isTraining && manifest.sequence == 1 && manifest.previousManifestDigest == nil)
        let compact = packet.manifest.compact
        let opened = try opener().contents(of: packet.file, manifest: compact, atMost: 1 << 20)
        #expect(opened.content.count == manifest.contentSize)
        #expect(try OSIAEnrollment(content: opened.content).contextualData.packetID == place.id)
        #expect(throws: AgeError.self) {
            try opener(.generate()).contents(of: packet.file, manifest: compact, atMost: 1 << 20)
        }
    }

    @Test("carries the training mark of its kit")
    func training() throws {
        let packet = try sealer().seal(RecordFixtures.complete(isTraining: true), at: RecordFixtures.place())
        #expect(packet.manifest.manifest.isTraining)
        let content = try opener().contents(of: packet.file, manifest: packet.manifest.compact, atMost: 1 << 20).content
        #expect(try OSIAEnrollment(content: content).contextualData.isTraining)
    }

    @Test("names the packet before it")
    func chain() throws {
        let first = try sealer().seal(RecordFixtures.complete(), at: RecordFixtures.place())
        let second = try sealer().seal(
            RecordFixtures.exempt(), at: RecordFixtures.place(2, previous: first.manifest.digest))
        #expect(second.manifest.manifest.previousManifestDigest == first.manifest.digest)
    }

    @Test("is readable by nobody but its owner")
    func mode() throws {
        let packet = try sealer().seal(RecordFixtures.exempt(), at: RecordFixtures.place())
        let attributes = try FileManager.default.attributesOfItem(atPath: packet.file.path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test("is not made of an incomplete enrolment, nor for an X25519 key")
    func refusals() throws {
        #expect(throws: PacketError.incomplete(EnrolmentPart.allCases)) {
            try sealer().seal(RecordFixtures.empty(), at: RecordFixtures.place())
        }
        #expect(throws: PacketError.recipientNotPostQuantum) {
            try PacketSealer(
                directory: directory.url, recipient: AgeFixtures.identity(.x25519).recipient, key: key)
        }
        #expect(try directory.names.isEmpty)
    }

    @Test("leaves nothing unfinished behind when any call to the file system fails")
    func everyFailure() throws {
        // As many calls as one sealing makes.
        let count = Counter()
        _ = try sealer { _ in
            count.next()
            return nil
        }.seal(RecordFixtures.exempt(), at: RecordFixtures.place())
        let calls = count.value
        #expect(calls > 10)
        try FileManager.default.removeItem(at: directory.url.appending(component: try directory.names[0]))
        for failing in 1...calls {
            for code in [EIO, ENOSPC] {
                let made = Counter()
                let step = LastStep()
                let broken = try sealer { next in
                    guard made.next() == failing else { return nil }
                    step.value = next
                    return code
                }
                do {
                    _ = try broken.seal(RecordFixtures.exempt(), at: RecordFixtures.place())
                    Issue.record("call \(failing) failed without an error")
                } catch {
                    let wanted = try #require(step.value)
                    #expect(error as? PacketError == (code == ENOSPC ? .diskFull : .file(FileFailure(wanted, code))))
                }
                #expect(try directory.names.allSatisfy { $0.hasSuffix(".age") }, "call \(failing)")
                for name in try directory.names {
                    // Only the synchronising of the directory comes after the rename.
                    #expect(step.value == .synchroniseDirectory)
                    try FileManager.default.removeItem(at: directory.url.appending(component: name))
                }
            }
        }
    }

    @Test("is never trusted when what is on the disk is not what was written")
    func readBack() throws {
        let part = directory.url.appending(component: PacketFileName.unfinished(RecordFixtures.place().id))
        let sealer = try sealer { step in
            // Just before the reading back, one byte on the disk goes wrong.
            if step == .open, var bytes = try? Data(contentsOf: part) {
                bytes[bytes.count / 2] ^= 1
                try? bytes.write(to: part)
            }
            return nil
        }
        #expect(throws: PacketError.readBackDiffers) {
            try sealer.seal(RecordFixtures.complete(), at: RecordFixtures.place())
        }
        #expect(try directory.names.isEmpty)
    }

    @Test("that was changed, cut, or swapped is refused before it is decrypted")
    func tampered() throws {
        let packet = try sealer().seal(RecordFixtures.exempt(), at: RecordFixtures.place())
        let other = try sealer().seal(RecordFixtures.complete(), at: RecordFixtures.place(2))
        let good = try directory.bytes(packet.file.lastPathComponent)
        let compact = packet.manifest.compact
        let target = directory.url.appending(component: "opened.json")
        func open(_ bytes: [UInt8]) throws {
            try directory.write(bytes, as: "changed.age")
            _ = try opener().open(directory.url.appending(component: "changed.age"), manifest: compact, to: target)
        }
        var changed = good
        changed[2_000] ^= 1
        #expect(throws: PacketError.fileDigestDiffers) { try open(changed) }
        #expect(throws: PacketError.fileSizeDiffers) { try open(Array(good.dropLast())) }
        #expect(throws: PacketError.self) { try open(try directory.bytes(other.file.lastPathComponent)) }
        #expect(try !directory.names.contains { $0.hasPrefix("opened") })
        try open(good)
        #expect(try directory.names.contains("opened.json"))
        #expect(throws: PacketError.contentTooLarge) {
            try opener().contents(of: packet.file, manifest: compact, atMost: 100)
        }
    }

    @Test("is published only after its last chunk: a kit that signs a cut file gets nothing opened")
    func cutBySigner() throws {
        let packet = try sealer().seal(RecordFixtures.complete(), at: RecordFixtures.place())
        let cut = Array(try directory.bytes(packet.file.lastPathComponent).dropLast(1_000))
        try directory.write(cut, as: "cut.age")
        var measuring = FileMeasuring()
        measuring.update(cut)
        let old = packet.manifest.manifest
        let signed = try ManifestSigner(key: key).sign(
            Manifest(
                packetID: old.packetID, kit: old.kit, sequence: 1, previousManifestDigest: nil, sealedAt: old.sealedAt,
                timeConfidence: old.timeConfidence, isTraining: false, contentType: old.contentType,
                contentSize: old.contentSize, fileSize: cut.count, fileDigest: measuring.result.digest,
                recipientKeyID: old.recipientKeyID))
        let target = directory.url.appending(component: "opened.json")
        #expect {
            try opener().open(directory.url.appending(component: "cut.age"), manifest: signed.compact, to: target)
        } throws: { ($0 as? AgeError)?.failure == .payload }
        #expect(try !directory.names.contains { $0.hasPrefix("opened") })
    }

    @Test("shows without any key what it is, and nothing of a person")
    func inspection() throws {
        let packet = try sealer().seal(RecordFixtures.complete(), at: RecordFixtures.place())
        let bare = try PacketInspection(of: packet.file)
        let manifest = packet.manifest.manifest
        #expect(bare.fileSize == manifest.fileSize && bare.fileDigest == manifest.fileDigest)
        #expect(bare.contentSize == manifest.contentSize)
        #expect(bare.headerSize == 1_627)
        #expect(bare.stanzas == [PacketInspection.Stanza(type: "mlkem768x25519", byteCount: 1_557)])
        #expect(bare.claimedManifest == nil)
        try directory.write(
            Array((packet.manifest.compact + "\n").utf8), as: PacketFileName.manifest(manifest.packetID))
        let claimed = try #require(try PacketInspection(of: packet.file).claimedManifest)
        #expect(claimed.manifest == manifest && claimed.matchesFile && claimed.signingKeyID == key.keyID)
        let text = String(decoding: try JSONEncoder().encode(PacketInspection(of: packet.file)), as: UTF8.self)
        #expect(!text.contains("Voorbeeld") && !text.contains("70032412343"))
    }

    @Test("inspection of something else gives a named error")
    func inspectionOfOther() throws {
        try directory.write(Array("hello\n".utf8), as: "x.age")
        #expect(throws: AgeError.self) { try PacketInspection(of: directory.url.appending(component: "x.age")) }
        #expect(throws: PacketError.file(FileFailure(.open, ENOENT))) {
            try PacketInspection(of: directory.url.appending(component: "none.age"))
        }
    }
}

/// Counts calls that one thread makes.
// @unchecked: sealing is synchronous, so only the test's own thread is here.
private final class Counter: @unchecked Sendable {
    private(set) var value = 0
    @discardableResult
    func next() -> Int {
        value += 1
        return value
    }
}

// @unchecked: as above.
private final class LastStep: @unchecked Sendable {
    var value: DurableFiles.Step?
}
