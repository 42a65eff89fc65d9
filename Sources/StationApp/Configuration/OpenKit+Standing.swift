package import EnrolmentCore
package import OfflineCache

/// What a technician asks of a kit that may be a copy.
extension OpenKit {
    /// The finding that this folder is an older copy; nil when there is none, or it was accepted.
    package func rollback() async throws(FailureReport) -> RollbackMark? {
        try await store.reporting { () throws(StoreError) in try await store.chain.mark() }
    }

    /// Cases with a draft here that central has received in a packet which this folder does not hold.
    package func draftsAlreadyReceived() async throws(FailureReport) -> [CaseID] {
        try await store.reporting { () throws(StoreError) in try await store.chain.draftsAlreadyReceived() }
    }

    /// Takes this older copy as the kit from now on, on a person's word.
    package func acceptRollback(by person: OfficerID) async throws(FailureReport) -> RollbackAcceptance {
        try await store.reporting { () throws(StoreError) in try await store.chain.accept(by: person) }
    }
}
