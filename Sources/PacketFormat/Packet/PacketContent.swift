/// What is sealed: a stream that can be written once, piece by piece, so that it is never held whole.
package protocol PacketContent {
    /// The media type in the manifest.
    var contentType: String { get }
    func write(to sink: ByteSink) throws
}
