import BiometricFormats
import EnrolmentCore
import Foundation

/// Reads damaged files by the hundred thousand: each must give a value or a named error, in little time.
///
/// What must not happen, a trap or a bad access, ends the process, and the sanitizer says where. Each file depends
/// on the seed and its number alone, so the thousand after the last line of progress can be run again by itself.
struct FuzzCampaign {
    private let seed: UInt64
    private let range: Range<Int>
    private let wsq: [[UInt8]]

    init(seed: UInt64, range: Range<Int>, files: [URL]) throws {
        self.seed = seed
        self.range = range
        wsq = try files.map { try FormatsCampaign.bytes($0) }
    }

    func run() throws {
        let decoder = WSQDecoder()
        // Every other file allows restart markers inside its data.
        let bases = wsq.enumerated().map { index, file in
            index.isMultiple(of: 2) ? file : file[..<2] + [0xFF, 0xA7, 0, 4, 0, 64] + file[2...]
        }
        try run("WSQ files", bases, isWSQ: true) { bytes in
            let picture = try decoder.picture(of: bytes)
            precondition(picture.image.pixels.count == picture.image.width * picture.image.height)
            return picture.image.pixels.count
        }
        let small = wsq.min { $0.count < $1.count } ?? []
        let records = try RecordFiles.make(wsq: small)
        try run("records of 2005", [try records.edition2005.encoded()]) { bytes in
            let record = try FingerImageRecord(bytes)
            for view in record.views { _ = try? record.image(of: view) }
            return try record.encoded().count
        }
        try run("records of 2011", [try records.edition2011.encoded()]) { bytes in
            let record = try FingerImageRecord2011(bytes)
            for representation in record.representations { _ = try? representation.image() }
            return try record.encoded().count
        }
        try run("EF.DG3", [try records.dataGroup.encoded()]) { bytes in
            let group = try DataGroup3(bytes)
            for template in group.templates { _ = try? template.fingerImageRecord() }
            return try group.encoded().count
        }
        print("peak memory of the process: \(Self.peakMebibytes()) MiB")
        extremes()
    }

    /// The most that a file may legally ask for, each in as few bytes as can be.
    private func extremes() {
        for (name, bytes) in ExtremeFiles(wsq.first ?? []).files {
            var result = ""
            let time = FormatsCampaign.milliseconds {
                do {
                    result = "\(try WSQDecoder().decode(bytes).pixels.count) pixels"
                } catch {
                    result = "refused: \(error)"
                }
            }
            print(
                "\(name), \(bytes.count) bytes: \(result), \(Self.rounded(time)) ms, "
                    + "peak memory now \(Self.peakMebibytes()) MiB")
        }
    }

    private func run(
        _ name: String, _ bases: [[UInt8]], isWSQ: Bool = false, _ read: ([UInt8]) throws -> Int
    ) throws {
        var errors: [String: Int] = [:]
        var (values, total) = (0, 0.0)
        var worst = (milliseconds: 0.0, index: 0, byteCount: 0, result: "")
        for index in range {
            if index.isMultiple(of: 1000) { FileHandle.standardError.write(Data("\(name) \(index)\r".utf8)) }
            var mutator = FileMutator(seed: seed &+ UInt64(index) &* 0xD134_2543_DE82_EF95)
            let other = bases[(index / bases.count) % bases.count]
            let bytes = mutator.mutated(bases[index % bases.count], with: other, isWSQ: isWSQ)
            var result = ""
            let time = FormatsCampaign.milliseconds {
                do {
                    result = "\(try read(bytes)) bytes"
                    values += 1
                } catch {
                    // The name without its figures.
                    result = String(describing: error).split { $0.isNumber }.first.map(String.init) ?? "?"
                    errors[result, default: 0] += 1
                }
            }
            total += time
            if time > worst.milliseconds { worst = (time, index, bytes.count, result) }
        }
        print("\(name), seed \(seed): \(range.count) mutated, \(values) read, \(range.count - values) refused by name")
        for (error, times) in errors.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            print("  \(times) \(error)")
        }
        print(
            "  mean \(Self.rounded(total / Double(range.count))) ms; worst \(Self.rounded(worst.milliseconds)) ms, "
                + "file \(worst.index) of \(worst.byteCount) bytes: \(worst.result)")
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    private static func peakMebibytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}
