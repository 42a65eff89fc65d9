/// What a seal is to the others of its kit, as far as its place in a chain goes.
package enum SealContradiction: String, CaseIterable, Sendable, Codable {
    /// Another seal has its number.
    case number
    /// It names another seal before it than the one that is held.
    case previous
    /// The seal that is held behind it names another before that.
    case next
    /// It covers no more of the journal than the seal before it.
    case position
}

/// A seal as its place depends on it.
struct SealLink: Hashable, Sendable {
    let number: Int
    let position: Int
    let digest: String
    let previousDigest: String?
    let signer: String
    /// Which journal it belongs to, of those that the kit has had; not known yet for a new one.
    var branch = 0
}

/// Where a seal goes.
struct SealPlace: Hashable, Sendable {
    let branch: Int
    /// Why it begins a branch that no kit should have; nil where it is as it should be.
    let contradiction: SealContradiction?

    /// Finds the place of a new seal among those that are held of its kit.
    ///
    /// Seals may be missing in between: what is held on both sides of a gap settles when it closes. A kit whose key
    /// is new may have begun a new journal, and another first seal by another key is nothing bad.
    init(of seal: SealLink, among held: [SealLink]) {
        let fresh = (held.map(\.branch).max() ?? -1) + 1
        func other(_ contradiction: SealContradiction?) -> SealPlace { SealPlace(fresh, contradiction) }
        guard seal.number > 1 else {
            let own = held.filter { $0.signer == seal.signer }
            if own.contains(where: { $0.number == 1 }) {
                self = other(.number)
            } else if let next = held.first(where: { $0.previousDigest == seal.digest }) {
                self = SealPlace(next.branch, nil)
            } else if own.contains(where: { $0.number == 2 }) {
                self = other(.next)
            } else if let later = own.min(by: { $0.number < $1.number }) {
                self = seal.position < later.position ? SealPlace(later.branch, nil) : other(.position)
            } else {
                self = other(nil)
            }
            return
        }
        if let parent = held.first(where: { $0.digest == seal.previousDigest }) {
            self = Self.contradiction(behind: parent, seal, held).map { other($0) } ?? SealPlace(parent.branch, nil)
            return
        }
        // Where nothing of the same key is held, there is nothing to be compared with.
        let own = Set(held.filter { $0.signer == seal.signer }.map(\.branch))
        let near = held.filter { own.contains($0.branch) }
        if near.contains(where: { $0.number == seal.number - 1 }) {
            self = other(.previous)
        } else if near.contains(where: { $0.number == seal.number }) {
            self = other(.number)
        } else if let next = near.first(where: { $0.previousDigest == seal.digest }) {
            self = SealPlace(next.branch, nil)
        } else if near.contains(where: { $0.number == seal.number + 1 }) {
            self = other(.next)
        } else if let before = near.filter({ $0.number < seal.number }).max(by: { $0.number < $1.number }) {
            self = before.position < seal.position ? SealPlace(before.branch, nil) : other(.position)
        } else {
            self = SealPlace(near.map(\.branch).max() ?? fresh, nil)
        }
    }

    private init(_ branch: Int, _ contradiction: SealContradiction?) {
        self.branch = branch
        self.contradiction = contradiction
    }

    /// What is wrong with a seal behind the one that it names; nil when nothing is.
    private static func contradiction(
        behind parent: SealLink, _ seal: SealLink, _ held: [SealLink]
    ) -> SealContradiction? {
        let branch = held.filter { $0.branch == parent.branch }
        if parent.number != seal.number - 1 { return .previous }
        if parent.position >= seal.position { return .position }
        if branch.contains(where: { $0.number == seal.number }) { return .number }
        return branch.contains { $0.number == seal.number + 1 && $0.previousDigest != seal.digest } ? .next : nil
    }
}
