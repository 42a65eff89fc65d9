/// How the bytes of a frame are to be read.
package enum FrameFormat: Hashable, Sendable {
    /// Each frame is a JPEG file, perhaps without its Huffman tables.
    case motionJPEG
    /// 4:2:2, two bytes a pixel, Y0 U Y1 V, without padding at the end of a row.
    case yuyv(width: Int, height: Int)
}
