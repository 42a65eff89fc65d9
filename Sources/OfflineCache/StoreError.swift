package import EnrolmentCore
import GRDB
import PacketFormat

#if canImport(Glibc)
    import Glibc
#endif

/// Why the store could not do what was asked; after any of them, what was kept before is still kept.
///
/// No case carries a personal datum: identifiers, names of tables and settings, numbers only.
package enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    case diskFull
    /// The machine gives no more memory: nothing is begun until it does, and what was begun is whole or undone.
    case memoryShort
    /// A new case would eat into the room that those that run need to be finished; bytes.
    case noRoomToBegin(free: Int, reserve: Int)
    /// What could not be read, for a technician.
    case unreadable(String)
    /// What could not be written, for a technician.
    case unwritable(String)
    /// Another process holds the data folder.
    case inUse
    case wrongPassphrase
    /// There is a database but no `store.key`: a new key would make every draft unreadable, so none is made.
    case keyMissing
    /// There is no database, or an empty one, where there was a store; none is made in its place. With the number of
    /// sealed packets that lie there still: they need no database to be brought to central.
    case storeMissing(packets: Int)
    /// The kit's own keys are gone (`kit.sealed`) beside a store, which is still there.
    case kitMissing
    /// `store.key` is there and is not one.
    case keyDamaged
    /// There is a `store.key` already; it is never overwritten by a new one.
    case keyExists
    /// The machine's safe does not give the key: another machine, no chip, a changed start.
    case machineChanged(MachineSafeError)
    /// The machine's safe takes no passphrase for a while.
    case tooManyTries
    /// The card is none of those that open this kit.
    case cardRefused
    /// The machine's chip cannot check what such a card signs.
    case cardUnknownToChip
    /// The keys were destroyed on purpose.
    case erased
    /// The key is not the one that the database was made with.
    case otherKey
    /// A training kit met the store of a production kit, or the reverse.
    case otherMode(foundTraining: Bool)
    case otherKit(found: KitID)
    /// A setting on which the promise of the store rests is not in force.
    case unsafeSetting(name: String, found: String)
    /// The database was written by a later version of this program.
    case newerSchema(found: String)
    /// A sealed record does not open: changed, or moved to another row or revision.
    case recordDamaged(RecordName)
    /// A row is not as the kit wrote it: somebody, or the disk, changed something in it.
    case rowChanged(ChangedRow)
    case packetDamaged(PacketID, PacketProblem)
    case unknownPacket(PacketID)
    case unknownDraft(CaseID)
    case unknownVisit(VisitID)
    /// The draft was saved by someone else in between; the held revision is the one to continue from.
    case draftChanged(CaseID, held: Int)
    /// The manifest does not continue the chain of this kit: another packet was sealed in between.
    case outOfTurn(expected: Int)
    /// The signed manifest says something else than the store knows.
    case manifestDisagrees(String)
    /// The receipt says something else than the store knows, by the name of the field.
    case receiptDisagrees(String)
    case notPossible(PacketOperation, PacketState)
    /// A signed list, by its name: the journal tells of another version than the one that is held.
    case listGoneBack(String, known: Int)
    /// The journal's chain breaks at this line.
    case journalBroken(position: Int)
    /// This folder is an older copy of itself, and nobody has accepted it: nothing is sealed in it.
    case rolledBack

    package var description: String {
        switch self {
        case .diskFull: "disk full"
        case .memoryShort: "no memory: nothing was done, and what was kept is kept"
        case .noRoomToBegin(let free, let reserve): "no room for a new case: \(free) bytes free, \(reserve) kept back"
        case .unreadable(let what): "cannot read \(what)"
        case .unwritable(let what): "cannot write \(what)"
        case .inUse: "another process holds the data folder"
        case .wrongPassphrase: "wrong passphrase"
        case .keyMissing: "store.key is missing beside an existing database"
        case .storeMissing(let packets): "store.sqlite is missing or empty; \(packets) sealed packets lie in packets/"
        case .kitMissing: "kit.sealed is missing beside a store"
        case .keyDamaged: "store.key is damaged"
        case .keyExists: "store.key exists"
        case .machineChanged(.otherChip): "the machine's safe is another chip than the key was locked to"
        case .machineChanged(let error): "the machine's safe: \(error)"
        case .tooManyTries: "the machine's safe takes no passphrase for a while"
        case .cardRefused: "the card is none of those that open this kit"
        case .cardUnknownToChip: "the machine's safe cannot check this card's signatures (no P-384 or SHA-384)"
        case .erased: "the keys were destroyed on purpose"
        case .otherKey: "store.key belongs to another database"
        case .otherMode(let training): "the store belongs to a \(training ? "training" : "production") kit"
        case .otherKit(let kit): "the store belongs to kit \(kit)"
        case .unsafeSetting(let name, let found): "unsafe setting: \(name) is \(found)"
        case .newerSchema(let found): "the database has schema \(found), later than this program"
        case .recordDamaged(let name): "record \(name) does not open"
        case .rowChanged(let row): "row \(row) is not as the kit wrote it"
        case .packetDamaged(let id, let problem): "packet \(id): \(problem.rawValue)"
        case .unknownPacket(let id): "no packet \(id)"
        case .unknownDraft(let id): "no draft for case \(id)"
        case .unknownVisit(let id): "no visit \(id)"
        case .draftChanged(let id, let held): "draft of case \(id) is at revision \(held)"
        case .outOfTurn(let expected): "the next manifest has sequence \(expected)"
        case .manifestDisagrees(let field): "manifest disagrees on \(field)"
        case .receiptDisagrees(let field): "receipt disagrees on \(field)"
        case .notPossible(let operation, let state): "cannot \(operation.rawValue) a packet that is \(state.rawValue)"
        case .listGoneBack(let name, let known): "list \(name) is not at version \(known) any more"
        case .journalBroken(let position): "journal broken at line \(position)"
        case .rolledBack: "the data folder is an older copy"
        }
    }

    /// The stable code under which a person meets this error.
    package var code: FailureCode {
        switch self {
        case .diskFull, .noRoomToBegin: .store(.diskFull)
        case .memoryShort: .store(.memoryShort)
        case .unwritable: .store(.unwritable)
        case .draftChanged, .outOfTurn, .notPossible, .manifestDisagrees: .store(.changed)
        case .keyExists: .store(.keyExists)
        case .keyMissing, .keyDamaged: .store(.keyMissing)
        case .inUse: .store(.inUse)
        case .storeMissing: .store(.storeMissing)
        case .kitMissing: .store(.kitMissing)
        case .wrongPassphrase: .store(.wrongPassphrase)
        case .machineChanged: .store(.machineChanged)
        case .tooManyTries: .store(.tooManyTries)
        case .cardRefused: .store(.cardRefused)
        case .cardUnknownToChip: .store(.cardUnknownToChip)
        case .erased: .store(.erased)
        case .unsafeSetting: .store(.unsafeSetting)
        case .otherMode, .otherKit, .otherKey: .store(.otherStore)
        case .newerSchema: .store(.newerSchema)
        case .packetDamaged: .store(.packetDamaged)
        case .rolledBack: .store(.rolledBack)
        case .rowChanged: .store(.rowChanged)
        case .receiptDisagrees: .central(.receiptForged)
        case .unknownVisit: .input(.unknownVisit)
        case .unknownPacket, .unknownDraft: .input(.notFound)
        case .unreadable, .recordDamaged, .journalBroken, .listGoneBack: .store(.unreadable)
        }
    }

    /// - Parameter kept: what is safe, unless part of the data folder is gone, or its keys were destroyed: then all
    ///   that is known is what is left.
    package func report(kept: FailureReport.Kept) -> FailureReport {
        FailureReport(code, detail: description, kept: isLoss ? .rest : kept)
    }

    private var isLoss: Bool {
        switch self {
        case .storeMissing, .kitMissing, .keyMissing, .keyDamaged, .erased: true
        default: false
        }
    }
}

extension StoreError {
    /// Names whatever came out of a database call; never carries SQL or arguments.
    init(_ error: any Error) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .unreadable("the database (\(type(of: error)))")
            return
        }
        let what = "the database (SQLite \(error.extendedResultCode.rawValue))"
        switch error.resultCode {
        // The index of the log could not grow: on a full disk the first thing that fails when a store is opened.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = .diskFull
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_NOMEM: self = .memoryShort
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .inUse
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CONSTRAINT: self = .unwritable(what)
        case .SQLITE_IOERR where !Self.readFailures.contains(error.extendedResultCode): self = .unwritable(what)
        default: self = .unreadable(what)
        }
    }

    private static let readFailures: [ResultCode] = [.SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ]

    /// Names a failed system call by its `errno`.
    init(errno number: Int32, writing what: String) {
        switch number {
        case ENOSPC, EDQUOT: self = .diskFull
        default: self = .unwritable("\(what) (\(Self.reason(number)))")
        }
    }

    init(errno number: Int32, reading what: String) {
        self = .unreadable("\(what) (\(Self.reason(number)))")
    }

    private static func reason(_ number: Int32) -> String {
        switch number {
        case FileFailure.noPlainFile: "not a plain file"
        case ELOOP: "a link"
        case EFBIG: "too large"
        default: "errno \(number)"
        }
    }
}
