/// A source of video frames: a V4L2 camera, a picture file, or an emulated camera.
///
/// All calls but `cancel` block and come from one thread, the device's own.
package protocol FrameSource: Sendable {
    /// What the source is, for the record of a sample and for the technician.
    var name: String { get }

    /// Opens the source and starts streaming.
    ///
    /// - Throws: `.absent`, `.busy` (another program streams from it), `.permissionDenied`.
    func start() throws(TransportError) -> FrameFormat

    /// The next whole frame; frames that the source itself marks as damaged are left out.
    ///
    /// - Throws: `.timedOut` when none came within `limit`, `.unplugged`, `.cancelled` after `cancel`.
    func nextFrame(within limit: Duration) throws(TransportError) -> [UInt8]

    /// Ends the wait for a frame that is under way, or else the next one before the source is started
    /// again, with `.cancelled`; from any thread.
    func cancel()

    /// Stops streaming and gives the source back; harmless when it never started.
    func stop()
}
