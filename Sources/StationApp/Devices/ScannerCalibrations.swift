package import DeviceProfiles
package import EnrolmentCore
package import Foundation

/// What was measured on this kit's own scanners, `scanners.json` in the kit's folder: the scale of each, by its
/// profile and serial. It counts instead of the profile's figures.
package struct ScannerCalibrations: Codable, Hashable, Sendable {
    /// One scanner's measured scale.
    package struct Entry: Codable, Hashable, Sendable {
        package let profile: String
        /// Nil for a model without serials: then it counts for each of the model.
        package let serial: String?
        /// Pixels an inch of the raw picture, and how far each may be off, as a share.
        package let horizontalPixelsPerInch: Double
        package let verticalPixelsPerInch: Double
        package let horizontalUncertainty: Double
        package let verticalUncertainty: Double
        package let measuredAt: String

        package init(
            profile: String, serial: String?, horizontal: ScannerCalibration.Scale,
            vertical: ScannerCalibration.Scale, measuredAt: String
        ) {
            self.profile = profile
            self.serial = serial
            horizontalPixelsPerInch = horizontal.pixelsPerInch
            verticalPixelsPerInch = vertical.pixelsPerInch
            horizontalUncertainty = horizontal.uncertainty
            verticalUncertainty = vertical.uncertainty
            self.measuredAt = measuredAt
        }

        package var horizontal: ScannerCalibration.Scale {
            ScannerCalibration.Scale(pixelsPerInch: horizontalPixelsPerInch, uncertainty: horizontalUncertainty)
        }

        package var vertical: ScannerCalibration.Scale {
            ScannerCalibration.Scale(pixelsPerInch: verticalPixelsPerInch, uncertainty: verticalUncertainty)
        }

        /// The same bounds as a profile has.
        fileprivate var isPlausible: Bool {
            [horizontalPixelsPerInch, verticalPixelsPerInch].allSatisfy { (100...2000).contains($0) }
                && [horizontalUncertainty, verticalUncertainty].allSatisfy { (0...0.1).contains($0) }
        }
    }

    package private(set) var scanners: [Entry] = []

    package static let fileName = "scanners.json"

    package init() {}

    /// Reads a file. One that is not there holds nothing, unless it must be.
    ///
    /// - Throws: `input.unreadableFile` when it is no such file or a figure in it cannot be true.
    package init(reading file: URL, mustExist: Bool) throws(FailureReport) {
        if !mustExist, !FileManager.default.fileExists(atPath: file.path) { return }
        let bytes = try InputFile.bytes(of: file.path, atMost: .configuration, called: file.lastPathComponent)
        guard let read = try? JSONDecoder().decode(ScannerCalibrations.self, from: Data(bytes)) else {
            throw Self.unreadable(file, "no calibration")
        }
        guard read.scanners.allSatisfy(\.isPlausible) else { throw Self.unreadable(file, "implausible scale") }
        self = read
    }

    /// Replaces what was known of this scanner.
    package mutating func add(_ entry: Entry) {
        scanners.removeAll { $0.profile == entry.profile && $0.serial == entry.serial }
        scanners.append(entry)
    }

    package func entry(profile: String, serial: String?) -> Entry? {
        scanners.last { $0.profile == profile && $0.serial == serial }
    }

    package func scale(profile: String, serial: String?) -> ScannerScale? {
        entry(profile: profile, serial: serial).map {
            ScannerScale(
                horizontalPixelsPerInch: $0.horizontalPixelsPerInch, verticalPixelsPerInch: $0.verticalPixelsPerInch)
        }
    }

    /// Writes the file whole or not at all.
    ///
    /// - Throws: `store.unwritable`.
    package func write(to file: URL) throws(FailureReport) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try encoder.encode(self).write(to: file, options: .atomic)
        } catch {
            throw FailureReport(.input(.unwritableFile), detail: file.lastPathComponent, kept: .nothingToKeep)
        }
    }

    private static func unreadable(_ file: URL, _ why: String) -> FailureReport {
        FailureReport(.input(.unreadableFile), detail: "\(file.lastPathComponent): \(why)", kept: .nothingToKeep)
    }
}
