package import EnrolmentCore

/// How the files of a packet are called, in the queue and on a stick (`PacketStickLayout`).
package enum PacketFileName {
    /// The sealed packet.
    package static func sealed(_ id: PacketID) -> String { "\(id).age" }
    /// The same, not yet known to be whole.
    package static func unfinished(_ id: PacketID) -> String { "\(id).age.part" }
    /// The compact JWS of its manifest.
    package static func manifest(_ id: PacketID) -> String { "\(id).manifest.jws" }
    /// The compact JWS of its receipt.
    package static func receipt(_ id: PacketID) -> String { "\(id).receipt.jws" }
}
