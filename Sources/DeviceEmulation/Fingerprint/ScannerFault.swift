package import DeviceTransport

/// What goes wrong with an emulated scanner, at one of its transfers.
package enum ScannerFault: Hashable, Sendable {
    /// The transfer ends with this error; a stalled endpoint stays stalled until that is cleared.
    case error(TransportError.Reason)
    /// The cable is pulled at this transfer: it and all others end, and nothing is found any more.
    case unplug
    /// The same, and it is found again after this long: a laptop that slept, a hub that lost its power.
    case away(Duration)
    /// The transfer never ends by itself.
    case silence
    /// The picture that this transfer fetches stops after so many bytes.
    case shortPicture(bytes: Int)
    /// The picture that this transfer fetches is noise, whatever key is used.
    case garbledPicture

    /// At which transfer it happens, counted from 1 over the scanner's whole life.
    package enum Moment: Hashable, Sendable {
        case transfer(Int)
        /// Counts only the transfers that fetch a picture.
        case picture(Int)
    }
}
