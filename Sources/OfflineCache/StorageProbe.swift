/// A point in an operation of the store at which power can go.
package struct StorageStep: Hashable, Sendable, CustomStringConvertible {
    package let operation: StoreOperation
    package let moment: Moment

    package enum Moment: String, CaseIterable, Sendable {
        /// The machine's counter went up.
        case counted
        case fileWritten, fileSynced, fileRenamed, fileRemoved, folderSynced, rowsWritten, committed
    }

    package var description: String { "\(operation.rawValue).\(moment.rawValue)" }
}

/// What the store is doing, as a probe sees it.
package enum StoreOperation: String, CaseIterable, Sendable {
    case open, importVisit, saveDraft, discardDraft, beginSealing, abandonSealing, stage, enqueue, claim, finish
    case announce, advance, forgetUpload, record, purge, refuse, conflict, retry, recover, noteTime
    case keepList, askRevocation, answerRevocation, setPassphrase, tryPassphrase, noteLogin
    case findRollback, acceptRollback, keepLost, countUp
}

/// Is told each step that the store has taken, and may fail it.
///
/// The tests count the steps of a whole day with it, then repeat the day once for each step: with a
/// failure there, and with a copy of the disk taken there. Without one nothing happens.
package struct StorageProbe: Sendable {
    package typealias Action = @Sendable (StorageStep) throws(StoreError) -> Void

    package static let none = StorageProbe { _ in }

    private let action: Action

    package init(_ action: @escaping Action) {
        self.action = action
    }

    func reached(_ moment: StorageStep.Moment, of operation: StoreOperation) throws(StoreError) {
        try action(StorageStep(operation: operation, moment: moment))
    }
}
