import BiometricFormats
import EnrolmentCore

extension OSIABiometricData {
    init(_ sample: PortraitSample) {
        self.init(.face)
        biometricSubType = "PORTRAIT"
        image = Base64Bytes(sample.jpeg)
        mimeType = "image/jpeg"
        compression = .jpeg
        (width, height, bitdepth) = (sample.width, sample.height, 24)
        setCapture(sample.capturedAt, sample.device)
    }

    /// - Throws: `PacketError.unencodable`.
    init(_ sample: FingerSample) throws(PacketError) {
        self.init(.finger)
        biometricSubType = sample.position.osiaName
        do {
            // One WSQ, kept below the size that BSI TR-03121 allows, both plain and inside the record.
            let record = try FingerImageRecord([sample])
            image = record.views.first.map { Base64Bytes($0.imageData) }
            template = Base64Bytes(try record.encoded())
        } catch {
            throw .unencodable(.fingers)
        }
        templateFormat = .fingerImageRecord
        mimeType = "image/x-wsq"
        compression = .wsq
        (width, height, bitdepth) = (sample.image.width, sample.image.height, 8)
        resolution = sample.image.pixelsPerInch ?? 500
        impressionType = sample.impression == .liveScanPlain ? .liveScanPlain : .liveScanRolled
        metadata = "attempt=\(sample.attempt)"
        if let quality = sample.quality {
            self.quality = quality
            // ISO/IEC 29794-1: 0 to 100, higher is better; the sample does not say which measure.
            qualityFormat = "ISO_19794"
        }
        setCapture(sample.capturedAt, sample.device)
    }

    /// - Throws: `PacketError.unencodable`.
    init(_ sample: SignatureSample) throws(PacketError) {
        self.init(.signature)
        do {
            let picture = try SignatureRenderer().render(sample)
            image = Base64Bytes(try PNGCodec().encode(picture))
            (width, height, bitdepth) = (picture.width, picture.height, 8)
            resolution = picture.pixelsPerInch
            template = Base64Bytes(try SignatureTimeSeriesRecord(sample).encoded())
        } catch {
            throw .unencodable(.signature)
        }
        mimeType = "image/png"
        compression = .png
        templateFormat = .signatureTimeSeries
        setCapture(sample.capturedAt, sample.device)
    }

    /// A finger that gives no print: an entry without an image, as OSIA allows.
    init(_ position: FingerPosition, _ exception: FingerException) {
        self.init(.finger)
        biometricSubType = position.osiaName
        let presence: Missing.Presence? =
            switch exception {
            case .amputated: .amputated
            case .bandaged: .bandaged
            case .damaged, .unusable: .damaged
            case .unreadable: nil
            }
        missing = [Missing(biometricSubType: position.osiaName, presence: presence)]
        // What OSIA has no word of its own for.
        if exception == .unreadable || exception == .unusable { comment = exception.rawValue }
    }

    private mutating func setCapture(_ time: Timestamp, _ device: DeviceDescription) {
        captureDate = time.rfc3339
        captureDevice = [device.product, device.serial].compactMap { $0 }.joined(separator: " ")
    }
}

extension FingerPosition {
    /// As OSIA names it, for example `RIGHT_INDEX`.
    var osiaName: String { "\(hand.rawValue)_\(digit.rawValue)".uppercased() }
}
