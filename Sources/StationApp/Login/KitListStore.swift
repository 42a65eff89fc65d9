import CardProof
package import OfflineCache
package import PacketFormat
import SyncClient

/// Where a synchronisation brings the lists that central signs.
package struct KitListStore: SyncListStore {
    private let store: Store

    package init(_ kit: OpenKit) { store = kit.store }

    /// Of the roots, the program's own list counts as held too: an older one is of no use. Where the journal
    /// tells of another list than the one that lies here, or that one is not as the kit wrote it, none counts as held,
    /// so that it is fetched again.
    package func version(of kind: SignedListKind) async throws(StoreError) -> Int? {
        let held: Int?
        do throws(StoreError) {
            held = try await store.lists.list(kind)?.version
        } catch {
            switch error {
            case .listGoneBack, .rowChanged, .recordDamaged: held = nil
            default: throw error
            }
        }
        guard kind == .cardRoots, let own = try? TrustList.builtIn().version else { return held }
        return max(held ?? 0, own)
    }

    /// - Throws: `unreadable` for a list of roots that this program cannot use, so that one that works is not
    ///   given up for it; `unwritable` for one that is no newer than the one held.
    package func replace(by list: SignedList) async throws(StoreError) {
        if list.kind == .cardRoots, (try? TrustList(json: list.payload))?.version != list.version {
            throw .unreadable("the list of roots that central sent")
        }
        if case .notNewer(let held) = try await store.lists.keep(list) {
            throw .unwritable("list \(list.kind.rawValue) \(list.version): version \(held) is held")
        }
    }
}
