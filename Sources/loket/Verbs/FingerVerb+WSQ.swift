import ArgumentParser
import BiometricFormats
import EnrolmentCore
import StationApp

extension FingerVerb {
    struct Encode: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Compress a grey picture (PGM, PNG or JPEG) as WSQ.")
        @Argument(help: "The picture.") var input: String
        @Argument(help: "The WSQ file.") var output: String
        @Option(help: "Bits a pixel.") var rate = 0.75
        @Option(help: "Compress harder until the file has at most so many bytes; 18432 is what BSI TR-03121 allows.")
        var limit: Int?
        @Option(help: "A comment for the file; give it again for more.") var comment: [String] = []
        @OptionGroup var report: ReportOptions

        struct Encoded: Encodable {
            let width: Int
            let height: Int
            let bytes: Int
            let ratio: Double
        }

        func run() async throws {
            try await report.reporting {
                let image = try PictureFile.read(input)
                let bytes = try PictureFile.writeWSQ(
                    image, rate: rate, limit: limit, comments: comment, to: output)
                let ratio = (Double(image.pixels.count) / Double(bytes) * 100).rounded() / 100
                let encoded = Encoded(width: image.width, height: image.height, bytes: bytes, ratio: ratio)
                // Nothing went wrong, so there is nothing to say to a person.
                if report.json { try report.print(encoded) { "" } }
            }
        }
    }

    struct Decode: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Decompress a WSQ file to a picture (PGM or PNG).")
        @Argument(help: "The WSQ file.") var input: String
        @Argument(help: "The picture; its ending chooses the format.") var output: String
        @OptionGroup var report: ReportOptions

        struct Decoded: Encodable {
            let width: Int
            let height: Int
            let pixelsPerInch: Int?
            let rate: Double?
            let encoderVersion: Int
            /// 0 for an encoder without the FBI's certificate.
            let softwareNumber: Int
            let comments: [String]
        }

        func run() async throws {
            try await report.reporting {
                let bytes = try PictureFile.bytes(of: input)
                let picture: WSQPicture
                do throws(WSQError) {
                    picture = try WSQDecoder().picture(of: bytes)
                } catch {
                    throw FailureReport(.input(.unreadableFile), detail: "\(input): \(error)", kept: .nothingToKeep)
                }
                try PictureFile.write(picture.image, to: output)
                let header = picture.header
                let decoded = Decoded(
                    width: header.width, height: header.height, pixelsPerInch: header.pixelsPerInch,
                    rate: header.bitRate, encoderVersion: header.encoderVersion,
                    softwareNumber: header.softwareNumber, comments: header.comments)
                if report.json { try report.print(decoded) { "" } }
            }
        }
    }
}
