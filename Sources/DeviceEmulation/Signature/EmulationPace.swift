/// How the time of an emulated device goes.
package enum EmulationPace: Hashable, Sendable {
    /// As on the wall: a read waits until something is due.
    case real
    /// As fast as it is read: waiting only moves the device's own clock, so a test never sleeps.
    case simulated
}
