import BiometricFormats
import EnrolmentCore
import Foundation

/// Records with a little of everything, for other readers and for damage.
struct RecordFiles {
    let edition2005: FingerImageRecord
    let edition2011: FingerImageRecord2011
    let dataGroup: DataGroup3

    /// - Parameter wsq: a file whose picture stands in the records.
    static func make(wsq: [UInt8]) throws -> RecordFiles {
        let picture = try WSQDecoder().decode(wsq)
        let (width, height) = (picture.width, picture.height)
        func view(_ position: PrintPosition, _ quality: Int?) -> FingerImageRecord.View {
            .init(
                position: position, impression: .liveScanPlain, quality: quality, width: width, height: height,
                imageData: wsq)
        }
        func representation(
            _ position: PrintPosition, number: Int = 0, _ compression: FingerImageRecord2011.Compression,
            _ data: [UInt8], certifications: [FingerImageRecord2011.Certification] = []
        ) -> FingerImageRecord2011.Representation {
            .init(
                position: position, number: number, impression: .liveScanPlain,
                capturedAt: Timestamp(milliseconds: 1_795_292_826_120),
                device: .init(technology: 4, vendor: 0x0102, type: 0x0304),
                qualities: [.init(score: 68), .init(score: nil, vendor: 1, algorithm: 2)],
                certifications: certifications, compression: compression, width: width, height: height,
                imageData: data)
        }
        return RecordFiles(
            edition2005: FingerImageRecord(
                views: [view(.rightIndex, 68), view(.rightIndex, 70), view(.leftIndex, nil)], compression: .wsq),
            edition2011: FingerImageRecord2011(representations: [
                representation(.rightIndex, .none, picture.pixels, certifications: [.init(authority: 1, scheme: 2)]),
                representation(.rightIndex, number: 1, .wsq, wsq),
                representation(.leftMiddle, .jpeg, try JPEGCodec().encode(picture)),
            ]),
            dataGroup: DataGroup3(
                templates: try [PrintPosition.rightIndex, .leftIndex].map {
                    try BiometricInformationTemplate(FingerImageRecord(views: [view($0, 68)], compression: .wsq))
                }))
    }

    static func write(to folder: URL) throws {
        let wsq = try FormatsCampaign.bytes(folder.appending(path: "finger.wsq"))
        let files = try make(wsq: wsq)
        try FormatsCampaign.write(try files.edition2005.encoded(), to: folder.appending(path: "ours-2005.fir"))
        try FormatsCampaign.write(try files.edition2011.encoded(), to: folder.appending(path: "ours-2011.fir"))
        try FormatsCampaign.write(try files.dataGroup.encoded(), to: folder.appending(path: "ours.dg3"))
        try FormatsCampaign.write(
            PGMCodec().encode(WSQDecoder().decode(wsq)), to: folder.appending(path: "finger.pgm"))
    }

    private struct Said: Encodable {
        let position: Int
        let number: Int
        let impression: Int
        let capturedAt: String?
        let technology: Int
        let vendor: Int
        let type: Int
        let qualities: [[Int]]
        let certifications: [[Int]]
        let unit: Int
        let sampling: [Int]
        let compression: Int
        let width: Int
        let height: Int
        let byteCount: Int
        /// The sum of the pixels; nil where the image is only carried.
        let pixelSum: Int?
    }

    static func read(_ file: URL) throws {
        let said = try FingerImageRecord2011(FormatsCampaign.bytes(file)).representations.map { one in
            let image = try? one.image()
            return Said(
                position: Int(one.position.rawValue), number: one.number, impression: Int(one.impression.rawValue),
                capturedAt: one.capturedAt?.rfc3339, technology: Int(one.device.technology),
                vendor: Int(one.device.vendor), type: Int(one.device.type),
                qualities: one.qualities.map { [$0.score ?? 255, Int($0.vendor), Int($0.algorithm)] },
                certifications: one.certifications.map { [Int($0.authority), Int($0.scheme)] },
                unit: Int(one.sampling.unit.rawValue),
                sampling: [
                    one.sampling.scanHorizontal, one.sampling.scanVertical, one.sampling.imageHorizontal,
                    one.sampling.imageVertical,
                ], compression: Int(one.compression.rawValue), width: one.width, height: one.height,
                byteCount: one.imageData.count, pixelSum: image.map { $0.pixels.reduce(0) { $0 + Int($1) } })
        }
        print(String(decoding: try JSONEncoder().encode(said), as: UTF8.self))
    }
}
