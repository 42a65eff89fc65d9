package import DeviceTransport

/// What can be wrong with an emulated pad.
package enum PadFault: Hashable, Sendable {
    /// Nothing is attached.
    case absent
    /// Another device of the same maker is attached in its place.
    case otherProduct(UInt16)
    /// Opening it fails.
    case refusesOpening(TransportError.Reason)
    /// Transfer number so many (feature reports and reads, from 0) fails, once.
    case failure(transfer: Int, TransportError.Reason)
    /// The cable is pulled at that transfer.
    case unpluggedAtTransfer(Int)
    /// The cable is pulled before that input report, from 0.
    case unpluggedAtReport(Int)
    /// No input report comes from that one on.
    case silentFromReport(Int)
    /// That input report has another length.
    case inputLength(report: Int, Int)
    /// All input reports carry this id.
    case inputID(UInt8)
    /// That feature report is answered with so many bytes.
    case replyLength(UInt8, Int)
    /// That feature report does not exist.
    case refusesReport(UInt8)
    /// An earlier program left it in this activity (a status code of report 03).
    case leftIn(UInt8)
    /// It never leaves that activity.
    case stuckIn(UInt8)
    /// A command to this report ends with a result code other than 0.
    case result(UInt8, UInt8)
    /// Clearing the screen takes so long.
    case slowClearing(Duration)
}
