import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat

/// T6: bits of everything that lies on the disk are flipped, one at a time, and whoever reads it must notice, or
/// read what was written.
struct TamperCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tamper", abstract: "Flip bits of keys, statements, packets and the database (T6).")

    @Option(help: "The seed of which bits are flipped.") var seed: UInt64 = 6
    @Option(help: "Bytes of the database to flip, drawn from all; 0 for each.") var positions = 20_000
    @Option(help: "Bytes to flip of pages with rows under a seal, drawn from those that are not zero; 0 for each.")
    var aimed = 5000
    @Option(help: "Bytes of the packet behind its header to flip.") var packetPositions = 2000

    func run() async throws {
        print("seed \(seed)")
        var verdict = CampaignVerdict()
        let world = try await TamperWorld.make(seed: seed)
        note(try world.keyFile(seed), of: "store.key, every byte", &verdict)
        note(try world.bundleFile(seed), of: "kit.sealed, every byte", &verdict)
        note(world.manifest(seed), of: "manifest, every byte", &verdict)
        note(world.receipt(seed), of: "receipt, every byte", &verdict)
        note(world.packet(seed, positions: packetPositions), of: "packet, its header and drawn bytes", &verdict)
        note(try await world.erasure(seed), of: "erasure statement, every byte", &verdict)
        note(try await TamperedParts(world: world).run(), of: "whole files gone, emptied, another kit's", &verdict)
        let database = try await TamperedDatabase.make(world)
        let figures = try await database.run(seed: seed, positions: positions)
        let size = "\(database.bytes.count) bytes"
        note(figures, of: "database of \(size)", &verdict)
        let rows = try await database.runAimed(seed: seed, positions: aimed)
        note(rows.figures, of: "its \(rows.places) bytes of rows under a seal", &verdict)
        verdict.expect(try await world.isWaitingPacketThere(), "no packet was removed for a forged receipt")
        try verdict.close("vault-tamper")
    }

    private func note(_ figures: TamperFigures, of what: String, _ verdict: inout CampaignVerdict) {
        verdict.expect(figures.wrong.isEmpty && figures.tried > 0, "\(what): \(figures.text)")
        for finding in figures.wrong.prefix(10) { print("     \(finding)") }
    }
}

/// What became of flips.
struct TamperFigures: Sendable {
    enum Fate: Sendable {
        /// Refused when it was opened or read.
        case detected
        /// Read as before, and refused by the whole check that `loket selftest` makes.
        case detectedByCheck
        /// Read as before.
        case same
        case wrong(String)
    }

    private(set) var tried = 0
    private(set) var detected = 0
    private(set) var detectedByCheck = 0
    private(set) var same = 0
    private(set) var wrong: [String] = []

    mutating func note(_ fate: Fate) {
        tried += 1
        switch fate {
        case .detected: detected += 1
        case .detectedByCheck: detectedByCheck += 1
        case .same: same += 1
        case .wrong(let what): wrong.append(what)
        }
    }

    var text: String {
        "\(tried) flips: \(detected) refused, \(detectedByCheck) found by the check, \(same) without effect, "
            + "\(wrong.count) wrong"
    }

    /// Flips one bit of each of `places`.
    static func flipping(
        _ bytes: [UInt8], at places: some Sequence<Int>, seed: UInt64, _ fate: ([UInt8], Int) throws -> Fate
    ) rethrows -> TamperFigures {
        var figures = TamperFigures()
        var generator = SeededGenerator(seed: seed)
        var bytes = bytes
        for place in places {
            let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            bytes[place] ^= bit
            figures.note(try fate(bytes, place))
            bytes[place] ^= bit
        }
        return figures
    }
}
