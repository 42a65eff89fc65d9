import BiometricFormats
import DeviceTransport
import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite("Pictures from frames")
struct CameraPictureTests {
    @Test(
        "Raw 4:2:2 in video range becomes the colours it stands for",
        arguments: [
            ([16, 128, 16, 128], [0, 0, 0]), ([235, 128, 235, 128], [255, 255, 255]),
            ([126, 128, 126, 128], [128, 128, 128]),
            ([82, 90, 82, 240], [255, 1, 0]), ([145, 54, 145, 34], [0, 255, 1]), ([41, 240, 41, 110], [0, 0, 255]),
        ] as [([UInt8], [Int])])
    func colours(pair: [UInt8], wanted: [Int]) throws {
        let frame = [UInt8]((0..<4).map { _ in pair }.joined())
        let picture = try #require(FramePicture.whole(of: frame, .yuyv(width: 4, height: 2)))
        for pixel in 0..<8 {
            for channel in 0..<3 {
                #expect(abs(Int(picture.pixels[3 * pixel + channel]) - wanted[channel]) <= 1)
            }
        }
    }

    @Test("Neighbours share their colour and keep their own light")
    func sharedChroma() throws {
        let picture = try #require(FramePicture.whole(of: [16, 128, 235, 128], .yuyv(width: 2, height: 1)))
        #expect(picture.pixels == [0, 0, 0, 255, 255, 255])
    }

    @Test("A preview of a raw frame takes pixels at a step")
    func preview() throws {
        let frame = [UInt8](repeating: 128, count: 2 * 640 * 480)
        let picture = try #require(FramePicture.preview(of: frame, .yuyv(width: 640, height: 480)))
        #expect((picture.width, picture.height) == (160, 120))
    }

    @Test("A frame that is cut, at any byte, is no picture and no crash")
    func cut() throws {
        let raw = [UInt8](repeating: 128, count: 2 * 16 * 4)
        for length in 0..<raw.count {
            #expect(FramePicture.whole(of: Array(raw.prefix(length)), .yuyv(width: 16, height: 4)) == nil)
        }
        let grey = RGBImage(width: 24, height: 16, pixels: (0..<24 * 16 * 3).map { UInt8(truncatingIfNeeded: $0 * 7) })
        let jpeg = try JPEGCodec().encode(grey)
        // The last two bytes are the end marker, without which the picture is still whole.
        for length in 0..<jpeg.count - 2 {
            #expect(FramePicture.whole(of: Array(jpeg.prefix(length)), .motionJPEG) == nil)
        }
    }

    @Test("Sizes that no camera has are refused")
    func sizes() {
        let frame = [UInt8](repeating: 0, count: 64)
        for (width, height) in [(0, 2), (2, 0), (-2, 2), (3, 2), (Int.max, Int.max)] {
            #expect(FramePicture.whole(of: frame, .yuyv(width: width, height: height)) == nil)
        }
    }
}
