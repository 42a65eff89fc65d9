import Foundation

/// Our codecs and records for the campaigns in Tests/Witness: many files in one process, and mutated ones by the
/// hundred thousand. Depends on nothing but the formats, so that it builds in seconds, also with a sanitizer.
@main
struct FormatsCampaign {
    static let usage = """
        usage: formats-campaign encode FOLDER          each *.pgm to *.ours.wsq
               formats-campaign decode FOLDER          each *.wsq to *.wsq.ours.pgm
               formats-campaign speed FILE.pgm BYTES   best times, also of a WSQ file within so many bytes
               formats-campaign records FOLDER         finger records of both editions, and an EF.DG3
               formats-campaign read-record FILE       what a record of 2011 says, as JSON
               formats-campaign fuzz SEED FIRST COUNT FILE.wsq...

        """

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch (arguments.first, arguments.count) {
            case ("encode", 2): try PictureFolder(arguments[1]).encode()
            case ("decode", 2): try PictureFolder(arguments[1]).decode()
            case ("speed", 3): try PictureFolder.speed(arguments[1], Int(arguments[2]) ?? 0)
            case ("records", 2): try RecordFiles.write(to: URL(filePath: arguments[1]))
            case ("read-record", 2): try RecordFiles.read(URL(filePath: arguments[1]))
            case ("fuzz", 5...):
                guard let seed = UInt64(arguments[1]), let first = Int(arguments[2]), let count = Int(arguments[3])
                else { fallthrough }
                try FuzzCampaign(
                    seed: seed, range: first..<(first + count), files: arguments[4...].map { URL(filePath: $0) }
                ).run()
            default:
                FileHandle.standardError.write(Data(usage.utf8))
                exit(2)
            }
        } catch {
            FileHandle.standardError.write(Data("formats-campaign: \(error)\n".utf8))
            exit(1)
        }
    }

    static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

    static func write(_ bytes: [UInt8], to url: URL) throws { try Data(bytes).write(to: url) }

    /// The processor's time, which other programs on the machine do not lengthen.
    static func milliseconds(_ body: () throws -> Void) rethrows -> Double {
        let start = processorTime()
        try body()
        return (processorTime() - start) * 1000
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
