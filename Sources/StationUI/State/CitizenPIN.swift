import EnrolmentCore
import EnrolmentFlow

/// What the citizen types on a screen that is turned towards them: PINs, and nothing of them is shown, not
/// even how many digits there are.
struct CitizenPIN: Hashable, Sendable {
    enum Purpose: Hashable, Sendable {
        /// The PIN of the letter, the citizen's own, and that one again.
        case change
        case tryCertificate(CardHolderKey)

        /// How many PINs are typed.
        var count: Int { self == .change ? 3 : 1 }
    }

    let purpose: Purpose
    /// Empty until the app has given the memory to type into.
    private(set) var entries: [SecretBytes] = []
    /// The one that is being typed.
    private(set) var index = 0
    var problem: UIText?

    init(_ purpose: Purpose) { self.purpose = purpose }

    /// A PIN has so many digits.
    private static let lengths = 4...12

    mutating func begin(_ entries: [SecretBytes]) {
        guard entries.count == purpose.count else { return }
        self.entries = entries
    }

    /// What the citizen is asked for.
    var question: UIText {
        switch (purpose, index) {
        case (.change, 0): .turnedOldPIN
        case (.change, 1): .turnedNewPIN
        case (.change, _): .turnedNewAgain
        case (.tryCertificate, _): .turnedPIN
        }
    }

    func type(_ digit: UInt8) {
        guard let entry = current, entry.count < Self.lengths.upperBound else { return }
        entry.append(digit)
    }

    func removeLast() { current?.removeLast() }

    func wipe() { for entry in entries { entry.wipe() } }

    /// Goes to the next PIN.
    /// - Returns: the whole when it was the last, and it is in order.
    mutating func enter() -> DeliveryEvent? {
        guard let entry = current else { return nil }
        problem = nil
        guard Self.lengths.contains(entry.count) else {
            entry.wipe()
            problem = .turnedWrongLength
            return nil
        }
        if index + 1 < purpose.count {
            index += 1
            return nil
        }
        guard purpose == .change else { return purpose.key.map { .tryCertificate($0, .typed(entry)) } }
        guard Self.areSame(entries[1], entries[2]) else {
            entries[1].wipe()
            entries[2].wipe()
            index = 1
            problem = .turnedDiffer
            return nil
        }
        entries[2].wipe()
        return .changePIN(from: .typed(entries[0]), to: .typed(entries[1]))
    }

    private var current: SecretBytes? { entries.indices.contains(index) ? entries[index] : nil }

    private static func areSame(_ left: SecretBytes, _ right: SecretBytes) -> Bool {
        left.withBytes { left in
            right.withBytes { right in
                guard left.count == right.count else { return false }
                return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
            }
        }
    }
}

extension CitizenPIN.Purpose {
    var key: CardHolderKey? {
        if case .tryCertificate(let key) = self { key } else { nil }
    }
}
