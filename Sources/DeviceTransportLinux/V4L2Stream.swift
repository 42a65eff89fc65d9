import CV4L2
import DeviceTransport
import Glibc

/// A running stream: its negotiated format and the buffers that the kernel fills; ends itself.
// @unchecked: the mapped buffers are only read by the one thread that asks for frames.
final class V4L2Stream: @unchecked Sendable {
    let format: FrameFormat
    var card: String { node.card }
    private let node: V4L2Node
    private var buffers: [UnsafeMutableRawBufferPointer] = []

    private static let kind = UInt32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
    private static let memory = UInt32(V4L2_MEMORY_MMAP.rawValue)
    private static let bufferCount: UInt32 = 4

    init(node: V4L2Node, width: Int, height: Int) throws(TransportError) {
        self.node = node
        format = try Self.negotiate(node, width: width, height: height)
        try mapBuffers()
        var kind = Int32(Self.kind)
        try node.request(UInt(cv4l2_streamon), &kind, "VIDIOC_STREAMON")
    }

    deinit {
        var kind = Int32(Self.kind)
        _ = V4L2Node.request(node.descriptor, UInt(cv4l2_streamoff), &kind)
        for buffer in buffers { munmap(buffer.baseAddress, buffer.count) }
    }

    /// A frame, or nil when none came within `limit` or the one that came is damaged.
    func frame(within limit: Duration) throws(TransportError) -> [UInt8]? {
        var events = pollfd(fd: node.descriptor, events: Int16(POLLIN), revents: 0)
        let ready = poll(&events, 1, limit.timeoutMilliseconds())
        if ready < 0 {
            guard errno == EINTR else { throw V4L2Node.error(errno, "poll") }
            return nil
        }
        guard ready > 0 else { return nil }
        var buffer = v4l2_buffer()
        buffer.type = Self.kind
        buffer.memory = Self.memory
        let failure = V4L2Node.request(node.descriptor, UInt(cv4l2_dqbuf), &buffer)
        guard failure != EAGAIN else {
            // Polling reports a hang-up at once and for ever; without this the caller would spin.
            if events.revents & Int16(POLLHUP) != 0 { throw TransportError(.unplugged, "poll") }
            return nil
        }
        guard failure == 0 else { throw V4L2Node.error(failure, "VIDIOC_DQBUF") }
        // Copied before the buffer goes back: the kernel writes into it again from then on.
        let frame = copy(buffer)
        try node.request(UInt(cv4l2_qbuf), &buffer, "VIDIOC_QBUF")
        return frame
    }

    private func copy(_ buffer: v4l2_buffer) -> [UInt8]? {
        let index = Int(buffer.index)
        guard buffer.flags & UInt32(V4L2_BUF_FLAG_ERROR) == 0, buffers.indices.contains(index), buffer.bytesused > 0
        else { return nil }
        return [UInt8](buffers[index].prefix(Int(buffer.bytesused)))
    }

    private func mapBuffers() throws(TransportError) {
        var wish = v4l2_requestbuffers()
        wish.count = Self.bufferCount
        wish.type = Self.kind
        wish.memory = Self.memory
        try node.request(UInt(cv4l2_reqbufs), &wish, "VIDIOC_REQBUFS")
        guard wish.count >= 2 else { throw TransportError(.inputOutput, "too few buffers") }
        for index in 0..<min(wish.count, 32) {
            var buffer = v4l2_buffer()
            buffer.index = index
            buffer.type = Self.kind
            buffer.memory = Self.memory
            try node.request(UInt(cv4l2_querybuf), &buffer, "VIDIOC_QUERYBUF")
            let length = Int(buffer.length)
            let start = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, node.descriptor, Int(buffer.m.offset))
            guard let start, start != MAP_FAILED else { throw V4L2Node.error(errno, "mmap") }
            buffers.append(UnsafeMutableRawBufferPointer(start: start, count: length))
            try node.request(UInt(cv4l2_qbuf), &buffer, "VIDIOC_QBUF")
        }
    }

    /// Asks for motion JPEG; what the driver writes back is what counts.
    private static func negotiate(
        _ node: V4L2Node, width: Int, height: Int
    ) throws(TransportError) -> FrameFormat {
        var format = v4l2_format()
        format.type = kind
        format.fmt.pix.width = UInt32(clamping: width)
        format.fmt.pix.height = UInt32(clamping: height)
        format.fmt.pix.pixelformat = cv4l2_mjpeg
        format.fmt.pix.field = UInt32(V4L2_FIELD_NONE.rawValue)
        try node.request(UInt(cv4l2_s_fmt), &format, "VIDIOC_S_FMT")
        if ![cv4l2_mjpeg, cv4l2_yuyv].contains(format.fmt.pix.pixelformat) {
            format.fmt.pix.pixelformat = cv4l2_yuyv
            try node.request(UInt(cv4l2_s_fmt), &format, "VIDIOC_S_FMT")
        }
        let picture = format.fmt.pix
        guard (16...8192).contains(picture.width), (16...8192).contains(picture.height) else {
            throw TransportError(.overflow, "\(picture.width)x\(picture.height)")
        }
        switch picture.pixelformat {
        case cv4l2_mjpeg: return .motionJPEG
        case cv4l2_yuyv where picture.bytesperline == 2 * picture.width:
            return .yuyv(width: Int(picture.width), height: Int(picture.height))
        default: throw TransportError(.inputOutput, "no MJPEG and no YUYV")
        }
    }
}
