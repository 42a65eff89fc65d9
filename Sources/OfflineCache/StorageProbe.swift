package import PacketFormat

/// A point in an operation of the store at which power can go.
package struct StorageStep: Hashable, Sendable, CustomStringConvertible {
    package let operation: StoreOperation
    package let moment: Moment

    package enum Moment: String, CaseIterable, Sendable {
        /// The machine's counter went up.
        case counted
        case fileWritten, fileSynced, fileRenamed, fileRead, fileRemoved, folderSynced, rowsWritten, committed, logCut
        /// Of the machine's safe.
        case slotKept, slotDestroyed
    }

    package var description: String { "\(operation.rawValue).\(moment.rawValue)" }
}

/// What the store is doing, as a probe sees it.
package enum StoreOperation: String, CaseIterable, Sendable {
    case open, importVisit, saveDraft, discardDraft, beginSealing, abandonSealing, stage, verify, enqueue, enterBooks,
        sweep
    case claim, finish, announce, advance, forgetUpload, record, purge, refuse, conflict, retry, recover, noteTime
    case closeDay, markSealsSent
    case keepList, askRevocation, answerRevocation, setPassphrase, tryPassphrase, noteLogin
    case findRollback, acceptRollback, keepLost, countUp
    case noteExport, forgetOld
    case createKey, upgradeKey, relock, rotateKey, erase
}

/// Is told each step that the store has taken, and may fail it; may fail each call to the file system; may
/// say how much room the disk has.
///
/// The tests count the steps of a whole day with it, then repeat the day once for each step: with a
/// failure there, and with a copy of the disk taken there. Without one nothing happens.
package struct StorageProbe: Sendable {
    package typealias Action = @Sendable (StorageStep) throws(StoreError) -> Void

    package static let none = StorageProbe { _ in }

    private let action: Action
    /// Through which every file of the store goes, packets that are being written included.
    let files: DurableFiles
    /// Bytes that are said to be free; nil asks the disk.
    let freeSpace: (@Sendable () -> Int)?

    package init(
        files: DurableFiles.Interposer? = nil, freeSpace: (@Sendable () -> Int)? = nil, _ action: @escaping Action
    ) {
        self.action = action
        self.files = DurableFiles(interposer: files)
        self.freeSpace = freeSpace
    }

    func reached(_ moment: StorageStep.Moment, of operation: StoreOperation) throws(StoreError) {
        try action(StorageStep(operation: operation, moment: moment))
    }
}
