import ArgumentParser

/// What `Tests/Witness/finger-quality.py` needs of our code to fit and to judge the quality score: pictures of
/// emulated fingers, and what is measured of pictures.
@main
struct FingerQualityFigures: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finger-quality",
        abstract: "Draw fingers, measure pictures of fingers.", subcommands: [DrawFingers.self, MeasurePictures.self])
}
