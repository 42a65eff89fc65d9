import ArgumentParser
import EnrolmentCore
import OfflineCache
import StationApp
import StationUI

struct KeyVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The key that the kit's drafts, visits and own keys lie under.",
        subcommands: [
            Status.self, Rotate.self, ChangePassphrase.self, Move.self, ProtectChip.self, Cards.self,
        ], defaultSubcommand: Status.self)

    /// What each of them ends with.
    struct Row: Encodable {
        struct Key: Encodable {
            let id: String
            let madeAt: String
        }

        let version: Int
        let lock: String?
        let memoryKiB: Int?
        let passes: Int?
        let machineSlot: UInt32?
        let registers: [Int]?
        let lockedAt: String?
        let keys: [Key]
        let isRotating: Bool
        let slotsToDestroy: Int
        /// The first bytes of the chip's name.
        let chip: String?
        /// How many officers' cards open the kit, and where their secret lies.
        let cards: Int
        let cardSlot: UInt32?
        /// Nil where the key is not under the machine's lock, or no chip answers.
        let chipLimit: ShownChipLimit?

        init(_ status: KeyStatus, _ protection: ChipProtection?) {
            version = status.version
            lock = status.lock?.rawValue
            memoryKiB = status.cost?.memoryKiB
            passes = status.cost?.passes
            machineSlot = status.slot?.index
            registers = status.slot?.measurements
            lockedAt = status.lockedAt?.rfc3339
            keys = status.keys.map { Key(id: $0.id, madeAt: $0.madeAt.rfc3339) }
            isRotating = status.isRotating
            slotsToDestroy = status.retiredSlots.count
            chip = status.chip.map { name in
                name.bytes.dropFirst(2).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            }
            cards = status.cardSlot?.branches.count ?? 0
            cardSlot = status.cardSlot?.index
            chipLimit = protection.map { ShownChipLimit($0) }
        }

        func text(in words: Catalogue) -> String {
            guard version > 1 else { return words.line(.keyFirstVersion) }
            let placed = { (text: String, slot: UInt32) in words.line(.keyPlace, text, String(slot, radix: 16)) }
            var lines = [
                words.line(
                    .keyLock, machineSlot.map { placed(lock ?? "?", $0) } ?? lock ?? "?", "\((memoryKiB ?? 0) / 1024)",
                    "\(passes ?? 0)", lockedAt ?? "?")
            ]
            if let cardSlot { lines.append(placed(words.line(.keyCards, "\(cards)"), cardSlot)) }
            if lock == "machine" { lines.append(chip.map { words.line(.keyChip, $0) } ?? words.line(.keyChipUnnamed)) }
            if let chipLimit { lines.append(chipLimit.text(in: words)) }
            lines += keys.map { words.line(.keyMade, $0.id, $0.madeAt) }
            if isRotating { lines.append(words.line(.keyRotating)) }
            return lines.joined(separator: "\n")
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Which lock, at what cost, since when; asks for no passphrase.")
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting { try await KeyVerb.show(kit, report) }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A new key under a new lock; everything that is sealed is sealed anew.",
            discussion: "It can be cut off at any point: the next opening of the kit finishes it.")
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let passphrase = try kit.passphrase(in: report.language)
                defer { passphrase.wipe() }
                try await kit.folder.rotateKey(passphrase: passphrase, clock: SystemClock())
                try await KeyVerb.show(kit, report)
            }
        }
    }

    struct ChangePassphrase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put the kit under another passphrase.",
            discussion: """
                The key itself stays the same: whoever copied the disk and knew the old passphrase can still open \
                that copy. `loket key rotate` gives a new one. A passphrase that is lost opens nothing ever again.
                """)
        @Option(help: "A file that holds the new passphrase, for scripts; otherwise it is asked for, twice.")
        var newPassphraseFile: String?
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let passphrase = try kit.passphrase(in: report.language)
                defer { passphrase.wipe() }
                let new = try KitOptions.newPassphrase(newPassphraseFile, in: report.language)
                defer { new.wipe() }
                try await kit.folder.changePassphrase(from: passphrase, to: new, clock: SystemClock())
                try await KeyVerb.show(kit, report)
            }
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put the kit's key under the machine's chip, or take it from there.",
            discussion: """
                Under the machine's lock the kit opens on this laptop only. Copies of the disk that were made before \
                open as they did: `loket key rotate` afterwards leaves them with a key that nothing is under.
                """)
        @Option(help: "machine (a TPM 2.0, which limits guesses after `key protect-chip`) or passphrase.")
        var to: LockOptions.Kind
        @OptionGroup var locking: LockOptions
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            let wish = try locking.wish(to)
            try await report.reporting {
                let passphrase = try kit.passphrase(in: report.language)
                defer { passphrase.wipe() }
                try await kit.folder.moveKey(to: wish, passphrase: passphrase, clock: SystemClock())
                try await KeyVerb.show(kit, report)
            }
        }
    }

    static func show(_ kit: KitOptions, _ report: ReportOptions) async throws {
        // A chip that does not answer is no reason to tell nothing.
        let row = Row(try await kit.folder.keyStatus(), try? await kit.folder.chipProtection())
        try report.print(row) { row.text(in: report.words) }
    }
}
