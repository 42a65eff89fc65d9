package import EnrolmentCore
import OfflineCacheSchema

/// The roots that a kit knows, as signed data with a version.
///
/// The one that is part of the program needs no signature of its own. A newer one is signed by central and
/// comes with a sync; its signature and its storage are the business of who brings it.
package struct TrustList: Hashable, Sendable {
    /// Counts up by one with each list that is issued; starts at 1.
    package let version: Int
    package let issuedAt: Timestamp
    package let roots: [TrustRoot]

    package init(version: Int, issuedAt: Timestamp, roots: [TrustRoot]) {
        self.version = version
        self.issuedAt = issuedAt
        self.roots = roots
    }

    /// The list of `offline-cache/reference/card-roots.json`.
    ///
    /// - Throws: only when the program was built with a list that is wrong; a test reads it at every build.
    package static func builtIn() throws(TrustListError) -> TrustList { try TrustList(json: CardRoots.json) }

    /// This list when it is newer than the one in use.
    ///
    /// - Throws: `.notNewer`; an old list that is played back would bring back a root that was withdrawn.
    package func replacing(_ inUse: TrustList) throws(TrustListError) -> TrustList {
        guard version > inUse.version else { throw .notNewer(version: version, than: inUse.version) }
        return self
    }
}
