package import DeviceTransport

/// What goes wrong with an emulated module, at one of its transfers.
package enum MorphoFault: Hashable, Sendable {
    /// The transfer ends with this error; a stalled endpoint stays stalled until that is cleared.
    case error(TransportError.Reason)
    /// The cable is pulled at this transfer: it and all others end, and nothing is found any more.
    case unplug
    /// The transfer never ends by itself.
    case silence
    /// Only so many of its bytes arrive; the others are lost.
    case cut(after: Int)
    /// Its bytes arrive as others.
    case garbage
    /// It is split in two: so many bytes, and the rest with the next read.
    case split(after: Int)
}

/// What an emulated module saw of its driver, to check that it cleaned up and kept to what is permitted.
package struct MorphoTraces: Hashable, Sendable {
    /// Whether its interface is still claimed.
    package let isOpen: Bool
    package let pendingTransfers: Int
    /// How many transfers were started in all.
    package let transfers: Int
    package let openings: Int
    /// The identifier of every command that ever reached it.
    package let commands: [UInt8]
    /// What was written to it, transfer by transfer, before anything damaged it.
    package let written: [[UInt8]]
    /// Whether a command still runs.
    package let isRunning: Bool
}
