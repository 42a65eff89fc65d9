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

    package var count: Int { setAside + unreadableRows + unknownFiles }
}

extension OpenKit {
    /// What the opening found, and every packet that is set aside by now.
    package func keptDamage() async throws(FailureReport) -> KeptDamage {
        let aside = try await store.reporting(kept: .packet) { () throws(StoreError) in
            try await store.packets.totals().amount(in: [.conflict]).packets
        }
        return KeptDamage(
            setAside: aside, unreadableRows: recovery.unreadableRows.count + recovery.changedRows.count,
            unknownFiles: recovery.unknownFiles.count)
    }
}
