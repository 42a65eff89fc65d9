/// What a kit has said to have, round after round, and whether it still has it.
///
/// Counts as Jepsen's test of a set does: what was acknowledged and is gone is lost, what is there twice is doubled,
/// what is there and was not acknowledged is recovered, which is allowed.
struct KillLedger {
    /// What was said of one case.
    private struct Promise {
        var revision = 0
        var packet: Substring?
        var isReceived = false
        var isPurged = false
        /// Asked for, and acknowledged.
        var isDiscarding = false
        var isDiscarded = false
    }

    private struct Holding {
        let packet: Substring
        let sequence: Int
        let state: Substring
        let problem: Substring

        var isReceived: Bool { state == "received" || state == "purged" }
    }

    private let seed: UInt64
    private let unit: Int
    /// Numbers of cases whose packets wait for a person, and rightly so.
    private let lanes: Set<Int>
    private var promises: [Int: Promise] = [:]
    private var drafts: [Int: (revision: Int, fingerprint: Substring)] = [:]
    private var packets: [Int: [Holding]] = [:]

    private(set) var acknowledged = 0
    private(set) var recovered = 0
    private(set) var lost: [String] = []
    private(set) var doubled: [String] = []
    private(set) var halfVisible: [String] = []
    /// Reports that were compared.
    private(set) var inquests = 0

    /// The highest number of a case of which anything was said; 0 for none.
    var highest: Int { Set(promises.keys).union(drafts.keys).union(packets.keys).max() ?? 0 }

    init(seed: UInt64, unit: Int = InventedCase.unit, lanes: Set<Int> = []) {
        self.seed = seed
        self.unit = unit
        self.lanes = lanes
    }

    /// The cases that have been said to be sealed, with their packets.
    var sealed: [Int: String] { promises.compactMapValues { $0.packet.map(String.init) } }

    /// Takes a line of the child.
    mutating func hear(_ line: Substring) {
        let words = line.split(separator: " ")
        switch (words.first, words.count) {
        case ("ready", 2): (drafts, packets) = ([:], [:])
        case ("saved", 3): promise(words[1]) { $0.revision = Int(words[2]) ?? 0 }
        case ("sealed", 3): promise(words[1]) { $0.packet = words[2] }
        case ("received", 3): promise(words[1]) { $0.isReceived = true }
        case ("purged", 2): promise(words[1]) { $0.isPurged = true }
        case ("discarding", 2): promises[Int(words[1]) ?? 0, default: Promise()].isDiscarding = true
        case ("discarded", 2): promise(words[1]) { $0.isDiscarded = true }
        case ("held", _): note(words.dropFirst())
        case ("told", 1): compare()
        default: break
        }
    }

    private mutating func promise(_ number: Substring, _ change: (inout Promise) -> Void) {
        acknowledged += 1
        change(&promises[Int(number) ?? 0, default: Promise()])
    }

    private mutating func note(_ words: ArraySlice<Substring>) {
        let words = Array(words)
        switch (words.first, words.count) {
        case ("draft", 4): drafts[Int(words[1]) ?? 0] = (Int(words[2]) ?? 0, words[3])
        case ("packet", 6):
            let held = Holding(
                packet: words[2], sequence: Int(words[3]) ?? 0, state: words[4],
                problem: words[5])
            packets[Int(words[1]) ?? 0, default: []].append(held)
        default: halfVisible.append(words.joined(separator: " "))
        }
    }

    private mutating func compare() {
        inquests += 1
        for number in Set(promises.keys).union(drafts.keys).union(packets.keys).sorted() { compare(number) }
        let sequences = packets.values.joined().map(\.sequence).sorted()
        if sequences != Array(1..<(sequences.count + 1)) { doubled.append("sequences \(sequences)") }
    }

    private mutating func compare(_ number: Int) {
        var promise = promises[number] ?? Promise()
        let (draft, held) = (drafts[number], packets[number] ?? [])
        if held.count > 1 || (draft != nil && !held.isEmpty) { doubled.append("case \(number)") }
        if let packet = promise.packet, !held.contains(where: { $0.packet == packet }) {
            lost.append("packet of case \(number)")
        } else if promise.packet == nil, held.isEmpty, draft?.revision ?? 0 < promise.revision,
            !promise.isDiscarding || draft != nil
        {
            lost.append("draft of case \(number) at \(promise.revision)")
        }
        if promise.isReceived, !held.contains(where: \.isReceived) { lost.append("receipt of case \(number)") }
        if promise.isPurged, !held.contains(where: { $0.state == "purged" }) { lost.append("purge of case \(number)") }
        if promise.isDiscarded, draft != nil { lost.append("discard of case \(number)") }
        for packet in held where packet.problem != "-" && !lanes.contains(number) {
            halfVisible.append("case \(number): \(packet.problem)")
        }
        if let draft {
            let invented = InventedCase(seed: seed, number: number, unit: unit)
            let expected = fingerprint(of: invented.content(draft.revision))
            if draft.fingerprint != String(expected) || draft.revision > promise.revision + 1 {
                halfVisible.append("draft of case \(number) at \(draft.revision)")
            }
        }
        // What a person has seen once must stay, whether or not it was said when it was made.
        if draft?.revision ?? 0 > promise.revision || (promise.packet == nil && !held.isEmpty) { recovered += 1 }
        promise.revision = max(promise.revision, draft?.revision ?? 0)
        promise.packet = promise.packet ?? held.first?.packet
        promise.isReceived = promise.isReceived || held.contains(where: \.isReceived)
        promises[number] = promise
    }

    /// Notes what central turned out to hold.
    mutating func lose(_ what: String) { lost.append(what) }
    mutating func double(_ what: String) { doubled.append(what) }
    mutating func halve(_ what: String) { halfVisible.append(what) }
}
