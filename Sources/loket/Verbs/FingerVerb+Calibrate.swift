import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp

extension FingerVerb {
    /// Measures how many pixels of the raw picture make an inch, on a ruler or a grid on the glass.
    struct Calibrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure a scanner's scale on a ruler or a grid that lies on its glass.",
            discussion: """
                A grid gives both directions at once. A ruler gives the one that it lies along: lay it along \
                the other one too, and give both pictures, or run it twice with --write.
                """)
        @Option(
            name: .customLong("picture"),
            help:
                "A raw picture (PGM, PNG) as finger capture --raw writes it; again for a second one. Else it is taken.")
        var pictures: [String] = []
        @Option(help: "From line to line, in millimetres.") var pitch: Double
        @Option(help: "The same for the lying lines, when it is another.") var verticalPitch: Double?
        @Option(help: "The model that made the pictures, as devices list names its profile.") var profile: String?
        @Option(help: "Write what was measured to this file, beside what it holds of other scanners.")
        var write: String?
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        private static let usualProfile = "digitalpersona-uareu-4500"

        func validate() throws {
            guard pictures.isEmpty || write == nil || profile != nil else {
                throw ValidationError("--write with --picture needs --profile, and --serial when the scanner has one")
            }
        }

        func run() async throws {
            try await report.reporting {
                let subject = try await subject()
                let figures = try ScannerFigures(profile: subject.profile)
                var measured: [ScannerCalibration] = []
                for image in try await images(of: subject) { measured.append(try measure(image, figures)) }
                let shown = ShownCalibration(
                    measured, figures: figures, serial: subject.serial, written: try written(measured, subject))
                try report.print(shown) { shown.text(in: report.words) }
            }
        }

        /// Which scanner is measured.
        private struct Subject {
            let profile: String
            let serial: String?
        }

        private func subject() async throws -> Subject {
            guard pictures.isEmpty else {
                return Subject(profile: profile ?? Self.usualProfile, serial: devices.serial)
            }
            let scanners = try await devices.source().attached().filter { $0.kind == .scanner }
            let meant = scanners.filter { [nil, $0.serial, $0.place].contains(devices.serial) }
            guard let scanner = meant.first, let profile = scanner.profile else {
                throw DeviceError(.scanner, .absent)
            }
            return Subject(profile: profile, serial: scanner.serial)
        }

        private func images(of subject: Subject) async throws -> [GrayImage] {
            guard pictures.isEmpty else { return try pictures.map { try PictureFile.read($0) } }
            let words = report.words
            let scanner = try await devices.source().devices(for: nil).scanner
            let request = FingerCaptureRequest(.rightIndex, within: devices.limits.finger)
            let outcome = try await scanner.capture(request) { stage in
                guard case .placeFinger = stage else { return }
                SecretInput.say(words.line(.calibrateLay))
                // Most targets are not taken for a finger. A thread, since it waits in C.
                Thread.detachNewThread {
                    _ = readLine()
                    Task { await scanner.trigger() }
                }
            }
            return [try outcome.sample().raw]
        }

        private func measure(_ image: GrayImage, _ figures: ScannerFigures) throws(FailureReport) -> ScannerCalibration
        {
            do throws(ScannerCalibration.Refusal) {
                return try ScannerCalibration.measure(
                    image, pitch: (pitch, verticalPitch ?? pitch),
                    expecting: (figures.horizontalPixelsPerInch, figures.verticalPixelsPerInch))
            } catch {
                throw FailureReport(
                    .input(.unfitTarget), detail: error.rawValue, kept: .nothingToKeep)
            }
        }

        /// Where it was written; nil when that was not asked for. A direction that was not measured now keeps
        /// what the file says of it.
        private func written(_ measured: [ScannerCalibration], _ subject: Subject) throws(FailureReport) -> String? {
            guard let write else { return nil }
            let file = URL(filePath: write)
            var calibrations = try ScannerCalibrations(reading: file, mustExist: false)
            let earlier = calibrations.entry(profile: subject.profile, serial: subject.serial)
            guard let horizontal = measured.best(\.horizontal) ?? earlier?.horizontal,
                let vertical = measured.best(\.vertical) ?? earlier?.vertical
            else {
                throw FailureReport(
                    .input(.unfitTarget), detail: "one direction is missing", kept: .nothingToKeep)
            }
            calibrations.add(
                ScannerCalibrations.Entry(
                    profile: subject.profile, serial: subject.serial, horizontal: horizontal, vertical: vertical,
                    measuredAt: SystemClock().now().rfc3339))
            try calibrations.write(to: file)
            return write
        }
    }
}

extension [ScannerCalibration] {
    /// The surest figure of one direction.
    func best(_ direction: KeyPath<ScannerCalibration, ScannerCalibration.Scale?>) -> ScannerCalibration.Scale? {
        compactMap { $0[keyPath: direction] }.min { $0.uncertainty < $1.uncertainty }
    }
}
