import ArgumentParser
import BiometricFormats
import EnrolmentCore
import Foundation
import SampleQuality
import StationApp

extension FingerVerb {
    struct Capture: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take one finger.")
        @Option(help: "Which finger, for example right-index.") var position: FingerPosition
        @Option(
            help: "first: the first whole picture, whatever it shows. good: wait for a good one, as the screens do.")
        var trigger = Trigger.first
        @Option(help: "Write the sensor's picture (PGM or PNG): decoded, upright, before crop and scaling.")
        var raw: String?
        @Option(help: "Write the picture at 500 pixels an inch (PGM or PNG).") var image: String?
        @Option(help: "Write the picture as WSQ.") var wsq: String?
        @Option(help: "Write an ISO/IEC 19794-4:2005 record.") var record: String?
        @Flag(help: "Say what the person should do, and how good each picture is, while it runs.") var live = false
        @OptionGroup var rules: RulesOptions
        @OptionGroup var kit: KitOptions
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        enum Trigger: String, CaseIterable, ExpressibleByArgument {
            case first, good
        }

        struct Taken: Encodable {
            let position: String
            let rawWidth: Int
            let rawHeight: Int
            let width: Int
            let height: Int
            let quality: ShownQuality
            let device: String
        }

        func run() async throws {
            try await report.reporting {
                let rules = try rules.fingerRules(of: kit.folder)
                let examiner = FingerExaminer()
                let scanner = try await devices.source().devices(for: nil).scanner
                let request = FingerCaptureRequest(
                    position, within: devices.limits.finger, trigger: start(by: rules, examiner))
                let frame = try await scanner.capture(request) { if live { Self.tell($0) } }.sample()
                let quality = examiner.quality(of: frame.image)
                try write(frame, quality)
                let taken = Taken(
                    position: position.name, rawWidth: frame.raw.width, rawHeight: frame.raw.height,
                    width: frame.image.width, height: frame.image.height,
                    quality: ShownQuality(quality, position: position, rules: rules),
                    device: try await scanner.describe().product)
                try report.print(taken) {
                    "\(taken.position): \(taken.width)×\(taken.height) px, \(taken.device)\n\(taken.quality.text(in: report.words))"
                }
            }
        }

        private func start(by rules: FingerRules, _ examiner: FingerExaminer) -> FingerTrigger {
            guard trigger == .good else { return .firstPicture }
            return .automatic(atMost: rules.mostFrames) { image in
                let quality = examiner.preview(of: image)
                return FrameVerdict(
                    score: quality.score, isGood: quality.score >= rules.triggerScore, hints: quality.hints)
            }
        }

        private func write(_ frame: FingerFrame, _ quality: FingerQuality) throws {
            try PictureFile.write(frame.raw, to: raw)
            try PictureFile.write(frame.image, to: image)
            if let wsq { try PictureFile.writeWSQ(frame.image, to: wsq) }
            guard let record else { return }
            let sample = FingerSample(
                position: position, image: frame.image, quality: quality.score, attempt: 1,
                capturedAt: SystemClock().now(), device: DeviceDescription(product: "loket"))
            do {
                try PictureFile.write(bytes: try FingerImageRecord([sample]).encoded(), to: record)
            } catch let error as FingerImageRecordError {
                throw FailureReport(.input(.unwritableFile), detail: "\(record): \(error)", kept: .nothingToKeep)
            }
        }

        /// One line for each news, on standard error, so that a report stays a report.
        private static let tell: ProgressHandler = { progress in
            let line: String? =
                switch progress {
                case .placeFinger(let position): "place \(position.name)"
                case .reading: "reading"
                case .finger(let preview):
                    "picture \(preview.score.map(String.init) ?? "-") \(preview.hints.map(\.rawValue).joined(separator: " "))"
                case .hint(let hint): "hint \(hint.rawValue)"
                case .liftFinger: "lift"
                default: nil
                }
            if let line { FileHandle.standardError.write(Data((line + "\n").utf8)) }
        }
    }
}
