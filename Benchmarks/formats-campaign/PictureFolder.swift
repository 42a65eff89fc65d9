import BiometricFormats
import EnrolmentCore
import Foundation

/// A folder of pictures that a witness compares with its own.
struct PictureFolder {
    private let folder: URL

    init(_ path: String) { folder = URL(filePath: path) }

    private func files(_ ending: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
    }

    func encode() throws {
        for file in try files("pgm") {
            let picture = try PGMCodec().decode(FormatsCampaign.bytes(file))
            let described = GrayImage(
                width: picture.width, height: picture.height, pixels: picture.pixels, pixelsPerInch: 500)
            try FormatsCampaign.write(
                try WSQEncoder().encode(described),
                to: file.deletingPathExtension().appendingPathExtension("ours.wsq"))
        }
    }

    func decode() throws {
        for file in try files("wsq") {
            let picture = try WSQDecoder().decode(FormatsCampaign.bytes(file))
            try FormatsCampaign.write(PGMCodec().encode(picture), to: file.appendingPathExtension("ours.pgm"))
        }
    }

    /// Encodes a picture freely and within a length and decodes it, in turn; prints the best times as JSON.
    static func speed(_ path: String, _ byteCount: Int) throws {
        let picture = try PGMCodec().decode(FormatsCampaign.bytes(URL(filePath: path)))
        let encoder = WSQEncoder()
        let decoder = WSQDecoder()
        var times = [Double](repeating: .infinity, count: 3)
        var (whole, short): ([UInt8], [UInt8]) = ([], [])
        for _ in 0..<20 {
            let round = [
                try FormatsCampaign.milliseconds { whole = try encoder.encode(picture) },
                try FormatsCampaign.milliseconds { _ = try decoder.decode(whole) },
                try FormatsCampaign.milliseconds { short = try encoder.encode(picture, atMost: byteCount) },
            ]
            times = zip(times, round).map { min($0, $1) }
        }
        print(
            """
            {"bytes": \(whole.count), "encode": \(times[0]), "decode": \(times[1]), \
            "limitedBytes": \(short.count), "limitedEncode": \(times[2])}
            """)
    }
}
