package import EnrolmentCore
import OfflineCache

/// What of the kept is not as the kit left it: somebody has to look.
package struct KeptDamage: Hashable, Sendable, Encodable {
    /// Packets in the conflict lane: their file is gone or another, or central holds another packet in their place.
    package var setAside = 0
    /// Rows, of packets and of all else, that cannot be read or are not as the kit wrote them.
    package var unreadableRows = 0
    /// Files among the packets that no row accounts for.
    package var unknownFiles = 0
    /// Files that others might have read until an opening closed them, since the last day was closed. Nothing is wrong
    /// with them; but somebody may have read them.
    package var closedFiles = 0

    /// What is damaged.
    package var count: Int { setAside + unreadableRows + unknownFiles }
}

extension OpenKit {
    /// What the opening found, every packet that is set aside by now, and the files that were closed today.
    package func keptDamage() async throws(FailureReport) -> KeptDamage {
        let aside = try await store.reporting(kept: .packet) { () throws(StoreError) in
            try await store.packets.totals().amount(in: [.conflict]).packets
        }
        let closed = try await store.reporting(kept: .packet) { () throws(StoreError) in
            try await store.closedFiles()
        }
        return KeptDamage(
            setAside: aside, unreadableRows: recovery.unreadableRows.count + recovery.changedRows.count,
            unknownFiles: recovery.unknownFiles.count, closedFiles: closed)
    }
}
