import Foundation
import Testing

@testable import PacketFormat

@Suite("A file that is sealed durably")
struct SealedFileTests {
    private let directory: TemporaryDirectory
    private let target: URL

    init() throws {
        directory = try TemporaryDirectory()
        target = directory.url.appending(component: "backup.age")
    }

    private func source(_ bytes: [UInt8]) -> ByteSource {
        var rest = bytes[...]
        return {
            defer { rest = rest.dropFirst(50_000) }
            return rest.isEmpty ? nil : Array(rest.prefix(50_000))
        }
    }

    @Test("opens again, with the size and digest that were read back", arguments: [false, true], [0, 65_536, 150_000])
    func roundTrip(armoured: Bool, length: Int) throws {
        let identity = try AgeFixtures.identity(.hybrid)
        let plain = AgeFixtures.plaintext(length)
        let sealed = try SealedFile(target, to: [identity.recipient], armoured: armoured, from: source(plain))
        let measure = try FileMeasure.of(target, DurableFiles())
        #expect((sealed.size, sealed.digest, sealed.contentSize) == (measure.size, measure.digest, length))
        var opened: [UInt8] = []
        try DurableFiles().read(target) { try AgeReader.decrypt($0, identities: [identity]) { opened += $0 } }
        #expect(opened == plain)
        #expect(try directory.names == ["backup.age"])
    }

    @Test("may be for a passphrase, as the backup of keys is")
    func passphrase() throws {
        let phrase = AgePassphrase("TEST passphrase", workFactor: 4)
        _ = try SealedFile(target, to: [phrase], armoured: true, from: source([1, 2, 3]))
        var opened: [UInt8] = []
        try DurableFiles().read(target) { try AgeReader.decrypt($0, identities: [phrase]) { opened += $0 } }
        #expect(opened == [1, 2, 3])
    }

    @Test(
        "is refused when the disk holds something else, wherever it differs",
        arguments: [0, 30, 100, 170, 190, 70_000, -1])
    func readBack(position: Int) throws {
        let identity = try AgeFixtures.identity(.x25519)
        let part = target.appendingPathExtension("part")
        let files = DurableFiles { step in
            guard step == .open, var bytes = try? Data(contentsOf: part) else { return nil }
            bytes[position < 0 ? bytes.count + position : position] ^= 1
            try? bytes.write(to: part)
            return nil
        }
        #expect(throws: PacketError.readBackDiffers) {
            try SealedFile(target, to: [identity.recipient], files: files, from: source(AgeFixtures.plaintext(90_000)))
        }
        #expect(try directory.names.isEmpty)
    }

    @Test("is refused when its last chunk is gone, or something follows it", arguments: [true, false])
    func otherLength(isCut: Bool) throws {
        let identity = try AgeFixtures.identity(.x25519)
        let part = target.appendingPathExtension("part")
        let files = DurableFiles { step in
            guard step == .open, let bytes = try? Data(contentsOf: part) else { return nil }
            try? (isCut ? bytes.dropLast(65_552) : bytes + [0]).write(to: part)
            return nil
        }
        #expect(throws: PacketError.readBackDiffers) {
            try SealedFile(target, to: [identity.recipient], files: files, from: source(AgeFixtures.plaintext(131_072)))
        }
    }

    @Test("leaves what was there before untouched when the source fails, or the disk is full")
    func failures() throws {
        struct Stop: Error {}
        let identity = try AgeFixtures.identity(.x25519)
        try directory.write([7], as: "backup.age")
        #expect(throws: Stop.self) { try SealedFile(target, to: [identity.recipient]) { throw Stop() } }
        for failing: DurableFiles.Step in [.create, .write, .synchronise, .open, .read, .rename] {
            let files = DurableFiles { $0 == failing ? ENOSPC : nil }
            #expect(throws: PacketError.diskFull) {
                try SealedFile(target, to: [identity.recipient], files: files, from: source([1]))
            }
            #expect(try directory.names == ["backup.age"])
            #expect(try directory.bytes("backup.age") == [7])
        }
        #expect(throws: AgeError.self) { try SealedFile(target, to: [], from: source([1])) }
    }

    @Test("a file that is read twice is read from its start both times")
    func twice() throws {
        let bytes = AgeFixtures.plaintext(70_000)
        try directory.write(bytes, as: "x")
        var reads: [[UInt8]] = [[], []]
        try DurableFiles().readTwice(
            directory.url.appending(component: "x"),
            first: { source in while let piece = try source() { reads[0] += piece } },
            second: { source in while let piece = try source() { reads[1] += piece } })
        #expect(reads == [bytes, bytes])
    }
}
