package import EnrolmentCore

/// What a kit states when its keys are destroyed on purpose: signed with the kit's own key, the last thing
/// that this key signs.
///
/// It is signed twice: as `begun` before anything is destroyed, so that a cut leaves something to tell by, and
/// as `proven` when what is left was searched. What is stated is what the kit did and saw; nobody can prove
/// from afar that no copy of a disk was made before.
package struct ErasureStatement: Hashable, Sendable, Codable {
    package enum Stage: String, Sendable, Codable {
        case begun, proven
    }

    /// Of this structure; 1.
    package let version: Int
    package let kit: KitID
    package let isTraining: Bool
    package let stage: Stage
    package let at: Timestamp
    /// What the key was locked by: `passphrase` or `machine`.
    package let lock: String
    /// Lower-case hex SHA-256 of `store.key` and `kit.sealed` as they were.
    package let keyFileDigest: String
    package let bundleFileDigest: String
    /// The names of the store keys that were destroyed.
    package let keys: [String]
    /// Places in the machine's safe that were destroyed: of secrets, and of counters.
    package let machineSlots: [UInt32]
    package let machineCounters: [UInt32]
    /// Cases whose drafts nobody can open any more.
    package let draftsLost: Int
    /// Planned visits that nobody can open any more.
    package let visitsLost: Int
    /// Sealed packets that stay, with and without receipt; none needs a key of the kit.
    package let packetsKept: Int
    package let packetsWaiting: Int
    /// The journal's last line: its number and digest, which a copy that central has can be held against.
    package let journalLines: Int
    package let journalDigest: String
    /// Nil while it has only begun.
    package let proof: Proof?

    /// What was seen afterwards.
    package struct Proof: Hashable, Sendable, Codable {
        /// How the right passphrase was refused, by its code.
        package let passphraseRefused: String
        /// How the machine's safe answered for the destroyed place; nil without a machine lock.
        package let machineRefused: String?
        package let filesSearched: Int
        package let bytesSearched: Int
        /// Spellings of keys and of known plain text that were looked for.
        package let needles: Int
        /// Files in which something was found; none, or there is no proof.
        package let found: Int
        /// In how many files the same search found what it looked for just before: more than none, or the
        /// search itself proves nothing.
        package let foundBefore: Int

        package init(
            passphraseRefused: String, machineRefused: String?, filesSearched: Int, bytesSearched: Int, needles: Int,
            found: Int, foundBefore: Int
        ) {
            self.passphraseRefused = passphraseRefused
            self.machineRefused = machineRefused
            self.filesSearched = filesSearched
            self.bytesSearched = bytesSearched
            self.needles = needles
            self.found = found
            self.foundBefore = foundBefore
        }
    }

    package init(
        kit: KitID, isTraining: Bool, stage: Stage, at: Timestamp, lock: String, keyFileDigest: String,
        bundleFileDigest: String, keys: [String], machineSlots: [UInt32], machineCounters: [UInt32], draftsLost: Int,
        visitsLost: Int, packetsKept: Int, packetsWaiting: Int, journalLines: Int, journalDigest: String, proof: Proof?
    ) {
        version = 1
        self.kit = kit
        self.isTraining = isTraining
        self.stage = stage
        self.at = at
        self.lock = lock
        self.keyFileDigest = keyFileDigest
        self.bundleFileDigest = bundleFileDigest
        self.keys = keys
        self.machineSlots = machineSlots
        self.machineCounters = machineCounters
        self.draftsLost = draftsLost
        self.visitsLost = visitsLost
        self.packetsKept = packetsKept
        self.packetsWaiting = packetsWaiting
        self.journalLines = journalLines
        self.journalDigest = journalDigest
        self.proof = proof
    }

    /// The same, with what was seen afterwards.
    package func proven(by proof: Proof, at: Timestamp) -> ErasureStatement {
        ErasureStatement(
            kit: kit, isTraining: isTraining, stage: .proven, at: at, lock: lock, keyFileDigest: keyFileDigest,
            bundleFileDigest: bundleFileDigest, keys: keys, machineSlots: machineSlots,
            machineCounters: machineCounters, draftsLost: draftsLost, visitsLost: visitsLost, packetsKept: packetsKept,
            packetsWaiting: packetsWaiting, journalLines: journalLines, journalDigest: journalDigest, proof: proof)
    }

    /// Whether what it states is an erasure that was looked at and found whole.
    package var isProof: Bool {
        guard stage == .proven, let proof else { return false }
        return proof.found == 0 && proof.foundBefore > 0 && proof.needles > 0
            && (proof.machineRefused == nil) == machineSlots.isEmpty
    }
}
