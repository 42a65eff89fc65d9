import StationTestSupport
import Testing

@testable import PacketFormat

@Suite("A reader of age files")
struct AgeReaderTests {
    private func read(
        _ file: [UInt8], _ identities: [any AgeFileKeyUnwrapping], piece: Int = .max
    ) -> (released: [UInt8], failure: AgeError.Failure?) {
        var released: [UInt8] = []
        var rest = file[...]
        do {
            try AgeReader.decrypt(
                {
                    defer { rest = rest.dropFirst(piece) }
                    return rest.isEmpty ? nil : Array(rest.prefix(piece))
                }, identities: identities, into: { released += $0 })
            return (released, nil)
        } catch {
            return (released, (error as? AgeError)?.failure)
        }
    }

    private func seal(
        _ plain: [UInt8], _ recipients: [any AgeFileKeyWrapping], armoured: Bool = false
    ) throws -> [UInt8] {
        var (writer, file) = (try AgeWriter(to: recipients, armoured: armoured), [UInt8]())
        try writer.update(plain) { file += $0 }
        try writer.finish { file += $0 }
        return file
    }

    @Test("tells binary from armour by itself, in pieces of any length", arguments: [false, true], [1, 47, 70_000])
    func forms(armoured: Bool, piece: Int) throws {
        let identity = try AgeFixtures.identity(.x25519)
        let plain = AgeFixtures.plaintext(piece == 1 ? 300 : 140_000)
        let file = try seal(plain, [identity.recipient], armoured: armoured)
        #expect(file.starts(with: Array((armoured ? "-----BEGIN AGE" : "age-encryption.org/v1\n").utf8)))
        let opened = read(file, [identity], piece: piece)
        #expect(opened.failure == nil && opened.released == plain)
    }

    @Test("takes a file with a line of PEM for damaged armour, and one without for a damaged header")
    func neither() throws {
        let identity = try AgeFixtures.identity(.x25519)
        let text = try seal([1], [identity.recipient], armoured: true)
        for damaged in [
            Array("garbage\n".utf8) + text, Array(text.drop { $0 != UInt8(ascii: "\n") }), Array("-----begin".utf8),
            text + [UInt8(ascii: "x")], Array(text.dropLast(40)),
        ] {
            #expect(read(damaged, [identity]).failure == .armor)
        }
        for other in [
            "", "\n", " \n \n", "hello\n", "--- x\n", "age-encryption.org", String(repeating: "x", count: 9_000),
        ] {
            #expect(read(Array(other.utf8), [identity]).failure == .header, "\(other.prefix(20))")
        }
        let block = "-----BEGIN AGE ENCRYPTED FILE-----\n-----END AGE ENCRYPTED FILE-----\n"
        #expect(read(Array(block.utf8), [identity]).failure == .header)
    }

    @Test("releases what verified before it fails, no chunk more and no chunk less", arguments: [1_000, .max])
    func released(piece: Int) throws {
        let identity = try AgeFixtures.identity(.x25519)
        let plain = AgeFixtures.plaintext(2 * 65_536)
        let file = try seal(plain, [identity.recipient])
        let first = Array(plain[..<65_536])
        // The end is cut: the first chunk is not the final one, the second none at all.
        #expect(read(Array(file.dropLast()), [identity], piece: piece) == (first, .payload))
        #expect(read(Array(file.dropLast(65_552)), [identity], piece: piece) == (first, .payload))
        // A full final chunk is released before the reader sees that something follows.
        #expect(read(file + [0], [identity], piece: piece) == (plain, .payload))
        var changed = file
        changed[200] ^= 1
        #expect(read(changed, [identity], piece: piece) == ([], .payload))
    }

    @Test("tries each identity: rotated keys, and keys of another kind before the right one")
    func identities() throws {
        let (old, new, other) = (
            try AgeIdentity.generate(), try AgeIdentity.generate(), try AgeIdentity.generate(.x25519)
        )
        let file = try seal([1, 2], [old.recipient])
        let keys: [any AgeFileKeyUnwrapping] = [other, AgePassphrase("p", workFactor: 1), new, old]
        #expect(read(file, keys).released == [1, 2])
        #expect(read(file, [other, new]).failure == .noMatch)
        #expect(read(file, []).failure == .noMatch)
        #expect(read(try seal([1], [old.recipient, new.recipient]), [new]).released == [1])
    }

    @Test(
        "never crashes: 10,000 seeded mutations of binary, armoured, hybrid and long files give an error or the content"
    )
    func mutations() throws {
        let seed: UInt64 = 20_261_122
        let (curve, hybrid) = (try AgeFixtures.identity(.x25519), try AgeFixtures.identity(.hybrid))
        let small = AgeFixtures.plaintext(40)
        let long = AgeFixtures.plaintext(65_600)
        let files: [(file: [UInt8], plain: [UInt8], identity: AgeIdentity, rounds: Int)] = [
            (try seal(small, [curve.recipient]), small, curve, 4_500),
            (try seal(small, [curve.recipient], armoured: true), small, curve, 4_500),
            (try seal(small, [hybrid.recipient]), small, hybrid, 900),
            (try seal(long, [curve.recipient]), long, curve, 100),
        ]
        var generator = SeededGenerator(seed: seed)
        for (kind, sample) in files.enumerated() {
            for round in 0..<sample.rounds {
                let changed = mutate(sample.file, &generator)
                let opened = read(changed, [sample.identity], piece: Int.random(in: 1...5_000, using: &generator))
                // White space around armour may come and go; anything else changes the file or breaks it.
                let isGood = opened.failure != nil || opened.released == sample.plain
                #expect(isGood, "seed \(seed), file \(kind), round \(round)")
                #expect(sample.plain.starts(with: opened.released), "seed \(seed), file \(kind), round \(round)")
            }
        }
    }

    private func mutate(_ file: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var changed = file
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !changed.isEmpty {
            let index = Int.random(in: changed.indices, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: changed[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: changed[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: changed.remove(at: index)
            case 3: changed.insert([0x0A, 0x0D, 0x20, 0x2D, 0x3D].randomElement(using: &generator) ?? 0, at: index)
            case 4:
                changed.removeSubrange(index..<min(changed.count, index + Int.random(in: 1...100, using: &generator)))
            default: changed.insert(contentsOf: changed[index...].prefix(64), at: index)
            }
        }
        return changed
    }
}
