package import EnrolmentCore

/// What stands on a kit before it is open: what a sticker on the laptop could say, and no more.
package struct KitLabel: Hashable, Sendable {
    /// Nil on a kit that has not been opened since labels exist.
    package var kit: KitID?
    package var municipality: String
    package var isTraining: Bool

    package init(kit: KitID?, municipality: String = "", isTraining: Bool = false) {
        self.kit = kit
        self.municipality = municipality
        self.isTraining = isTraining
    }
}
