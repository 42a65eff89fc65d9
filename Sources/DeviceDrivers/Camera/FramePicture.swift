import BiometricFormats
import DeviceTransport
import EnrolmentCore

/// Pictures from a camera's frames; nil for a frame that is damaged.
enum FramePicture {
    /// A terminal has fewer columns than this.
    private static let previewWidth = 160

    /// The whole frame.
    static func whole(of frame: [UInt8], _ format: FrameFormat) -> RGBImage? {
        switch format {
        case .motionJPEG: try? JPEGCodec().decodeRGB(frame)
        case .yuyv(let width, let height): rgb(frame, width: width, height: height, step: 1)
        }
    }

    /// The frame as small as the screen can use it, at least 160 pixels wide where it was.
    static func preview(of frame: [UInt8], _ format: FrameFormat) -> RGBImage? {
        switch format {
        case .motionJPEG:
            guard let width = try? JPEGCodec().header(of: frame).width else { return nil }
            let scale = JPEGCodec.Scale.allCases.last { width / $0.rawValue >= previewWidth } ?? .full
            return try? JPEGCodec().decodeRGB(frame, scale: scale)
        case .yuyv(let width, let height):
            return rgb(frame, width: width, height: height, step: max(1, width / previewWidth))
        }
    }

    /// Every `step`-th pixel both ways, from 4:2:2 with the video range of ITU-R BT.601.
    static func rgb(_ frame: [UInt8], width: Int, height: Int, step: Int) -> RGBImage? {
        guard (1...8192).contains(width), (1...8192).contains(height), width % 2 == 0, step > 0 else { return nil }
        guard frame.count >= 2 * width * height else { return nil }
        let columns = (width + step - 1) / step
        let rows = (height + step - 1) / step
        var pixels: [UInt8] = []
        pixels.reserveCapacity(3 * columns * rows)
        for row in stride(from: 0, to: height, by: step) {
            for column in stride(from: 0, to: width, by: step) {
                let pair = 2 * (row * width + column / 2 * 2)
                let luma = 298 * (Int(frame[pair + column % 2 * 2]) - 16)
                let blue = Int(frame[pair + 1]) - 128
                let red = Int(frame[pair + 3]) - 128
                pixels.append(UInt8(clamping: (luma + 409 * red + 128) >> 8))
                pixels.append(UInt8(clamping: (luma - 100 * blue - 208 * red + 128) >> 8))
                pixels.append(UInt8(clamping: (luma + 516 * blue + 128) >> 8))
            }
        }
        return RGBImage(width: columns, height: rows, pixels: pixels)
    }
}
