import ArgumentParser
import EnrolmentCore
import Foundation
import SampleQuality
import StationApp

extension FingerVerb {
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How good a picture of a finger is: quality with its parts, grey levels, minutiae.")
        @Argument(help: "The picture, at 500 pixels an inch (PGM, PNG, JPEG or WSQ).") var picture: String
        @Option(help: "Which finger it is, to hold it against what the rules ask of it.") var position: FingerPosition?
        @OptionGroup var rules: RulesOptions
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        struct Checked: Encodable {
            let width: Int
            let height: Int
            let pixelsPerInch: Int?
            let quality: ShownQuality
            let minutiae: Int
            /// Grey levels that at least five pixels have; a scanner whose pictures have few is dirty or broken.
            let greyLevels: Int
        }

        func run() async throws {
            try await report.reporting {
                let rules = try rules.fingerRules(of: kit.folder)
                let image = try PictureFile.read(picture)
                let examiner = FingerExaminer()
                let checked = Checked(
                    width: image.width, height: image.height, pixelsPerInch: image.pixelsPerInch,
                    quality: ShownQuality(examiner.quality(of: image), position: position, rules: rules),
                    minutiae: examiner.template(of: image).minutiae.count,
                    greyLevels: DynamicRange.levels(of: image))
                try report.print(checked) {
                    checked.quality.text(in: report.words) + "\n"
                        + report.words.line(
                            .fingerPicture, "\(checked.width)", "\(checked.height)", "\(checked.minutiae)",
                            "\(checked.greyLevels)")
                }
            }
        }
    }

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whether two pictures, at 500 pixels an inch, are of the same finger.")
        @Argument(help: "One picture (PGM, PNG, JPEG or WSQ).") var first: String
        @Argument(help: "The other.") var second: String
        @OptionGroup var rules: RulesOptions
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        struct Matched: Encodable {
            let similarity: Int
            /// From which similarity on the rules say that it is one finger.
            let threshold: Int
            let isSameFinger: Bool
            let minutiae: [Int]
        }

        func run() async throws {
            try await report.reporting {
                let rules = try rules.fingerRules(of: kit.folder)
                let examiner = FingerExaminer()
                let templates = try [first, second].map { examiner.template(of: try PictureFile.read($0)) }
                let similarity = examiner.similarity(templates[0], templates[1])
                let matched = Matched(
                    similarity: similarity, threshold: rules.sameFinger,
                    isSameFinger: similarity >= rules.sameFinger, minutiae: templates.map(\.minutiae.count))
                try report.print(matched) {
                    report.words.line(
                        matched.isSameFinger ? .fingerSame : .fingerOther, "\(matched.similarity)",
                        "\(matched.threshold)")
                }
            }
        }
    }
}
