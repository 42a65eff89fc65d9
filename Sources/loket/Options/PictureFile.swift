import BiometricFormats
import EnrolmentCore
import Foundation
import StationApp

/// Pictures in files, as the verbs read and write them.
enum PictureFile {
    /// Reads PGM, PNG, JPEG or WSQ as grey, told apart by how the file begins.
    static func read(_ path: String) throws(FailureReport) -> GrayImage {
        let bytes = try bytes(of: path)
        do {
            switch bytes.prefix(2) {
            case [0x50, 0x35]: return try PGMCodec().decode(bytes)
            case [0x89, 0x50]: return try PNGCodec().decodeGray(bytes)
            case [0xFF, 0xD8]: return try JPEGCodec().decodeGray(bytes)
            case [0xFF, 0xA0]: return try WSQDecoder().decode(bytes)
            default: throw unreadable(path, "neither PGM, PNG, JPEG nor WSQ")
            }
        } catch let report as FailureReport {
            throw report
        } catch {
            throw unreadable(path, String(describing: error))
        }
    }

    static func bytes(of path: String) throws(FailureReport) -> [UInt8] {
        try InputFile.bytes(of: path, atMost: .picture, called: path)
    }

    /// Writes PNG when the name says so, else PGM; nothing when there is no name.
    static func write(_ image: GrayImage, to path: String?) throws(FailureReport) {
        guard let path else { return }
        guard path.hasSuffix(".png") else {
            try write(bytes: PGMCodec().encode(image), to: path)
            return
        }
        do {
            try write(bytes: try PNGCodec().encode(image), to: path)
        } catch let error as PNGError {
            throw FailureReport(.input(.unwritableFile), detail: error.description, kept: .nothingToKeep)
        } catch let report as FailureReport {
            throw report
        } catch {
            throw FailureReport(.input(.unwritableFile), kept: .nothingToKeep)
        }
    }

    /// - Parameter limit: the most bytes that the file may have; it is compressed harder for that.
    /// - Returns: how many it has.
    @discardableResult
    static func writeWSQ(
        _ image: GrayImage, rate: Double = 0.75, limit: Int? = nil, comments: [String] = [], to path: String
    ) throws(FailureReport) -> Int {
        let encoder = WSQEncoder(bitRate: rate, comments: comments)
        let bytes: [UInt8]
        do throws(WSQError) {
            bytes = if let limit { try encoder.encode(image, atMost: limit) } else { try encoder.encode(image) }
        } catch {
            throw unreadable(path, error.description)
        }
        try write(bytes: bytes, to: path)
        return bytes.count
    }

    static func writePNG(_ sample: SignatureSample, to path: String?) throws(FailureReport) {
        guard let path else { return }
        let image: GrayImage
        do throws(SignatureRenderingError) {
            image = try SignatureRenderer().render(sample)
        } catch {
            throw unreadable(path, error.description)
        }
        try write(image, to: path)
    }

    static func writeSeries(_ sample: SignatureSample, to path: String?) throws(FailureReport) {
        guard let path else { return }
        let bytes: [UInt8]
        do throws(SignatureRecordError) {
            bytes = try SignatureTimeSeriesRecord(sample).encoded()
        } catch {
            throw unreadable(path, error.description)
        }
        try write(bytes: bytes, to: path)
    }

    static func write(bytes: [UInt8], to path: String) throws(FailureReport) {
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw FailureReport(.store(.diskFull), detail: path, kept: .nothingToKeep)
        } catch {
            throw FailureReport(.input(.unwritableFile), detail: path, kept: .nothingToKeep)
        }
    }

    private static func unreadable(_ path: String, _ why: String) -> FailureReport {
        FailureReport(.input(.unreadableFile), detail: "\(path): \(why)", kept: .nothingToKeep)
    }
}
