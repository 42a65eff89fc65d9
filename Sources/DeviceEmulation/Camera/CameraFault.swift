package import DeviceTransport

/// What can be wrong with an emulated camera. Frames are counted from 0, over all starts.
package enum CameraFault: Hashable, Sendable {
    /// Starting it fails: no camera, no permission, another program streams from it.
    case refusesStart(TransportError.Reason)
    /// The cable is pulled before that frame.
    case unpluggedAtFrame(Int)
    /// No frame comes from that one on.
    case silentFromFrame(Int)
    /// Waiting for that frame fails, once.
    case failure(frame: Int, TransportError.Reason)
    /// Those frames are cut in their middle.
    case cutFrames(Range<Int>)
    /// Those frames hold bytes that are no picture.
    case garbledFrames(Range<Int>)
}
