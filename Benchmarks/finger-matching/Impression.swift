import BiometricFormats
import DeviceEmulation
import EnrolmentCore
import Foundation
import SampleQuality

/// One picture of a finger, reduced to what the matcher keeps of it.
struct Impression: Sendable {
    let finger: Int
    /// From 1.
    let number: Int
    let template: FingerTemplate
    /// What the template took of one core.
    let seconds: Double

    static func make(
        fingers: Int, impressions: Int, seed: UInt64, keepingIn folder: URL?
    ) async throws -> [Impression] {
        try await concurrently(0..<fingers) { index in
            let finger = SyntheticFinger(
                seed: seed &* 1_000_003 &+ UInt64(index), hand: index % 2 == 0 ? .right : .left)
            return try (1...max(1, impressions)).map { number in
                let picture = finger.picture(.everyday(seed &* 1_000_003 &+ UInt64(index * 64 + number)))
                if let folder {
                    try Data(PGMCodec().encode(picture)).write(to: folder.appending(path: "\(index + 1)_\(number).pgm"))
                }
                return Impression(finger: index + 1, number: number, picture)
            }
        }.flatMap { $0 }
    }

    init(finger: Int, number: Int, _ picture: GrayImage) {
        self.finger = finger
        self.number = number
        var template = FingerTemplate(width: picture.width, height: picture.height, minutiae: [])
        seconds = processorSeconds { template = FingerExaminer().template(of: picture) }
        self.template = template
    }

    /// A row a minutia; angles in degrees, as ISO/IEC 19794-2 has them.
    static func csv(_ prints: [Impression]) -> String {
        let rows = prints.flatMap { print in
            print.template.minutiae.map { minutia in
                let kind = minutia.kind == .ending ? "ending" : "bifurcation"
                let degrees = Int((minutia.angle * 180 / .pi).rounded()) % 360
                return "\(print.finger)_\(print.number),\(kind),\(minutia.x),\(minutia.y),\(degrees),"
                    + "\(Int((minutia.certainty * 100).rounded()))"
            }
        }
        return (["print,kind,x,y,degrees,certainty"] + rows).joined(separator: "\n") + "\n"
    }

    /// Every FINGER_NUMBER.pgm of a folder.
    static func read(from folder: URL) async throws -> [Impression] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        let keys = names.compactMap { name -> (finger: Int, number: Int)? in
            guard name.hasSuffix(".pgm") else { return nil }
            let parts = name.dropLast(4).split(separator: "_").map { Int($0) }
            guard parts.count == 2, let finger = parts[0], let number = parts[1] else { return nil }
            return (finger, number)
        }.sorted { $0 < $1 }
        return try await concurrently(keys.indices) { index in
            let (finger, number) = keys[index]
            let file = try Data(contentsOf: folder.appending(path: "\(finger)_\(number).pgm"))
            return Impression(finger: finger, number: number, try PGMCodec().decode([UInt8](file)))
        }
    }
}

/// What work takes of one core, however busy the machine is.
func processorSeconds(_ work: () -> Void) -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
}

/// Does work on every core and keeps the order.
func concurrently<Result: Sendable>(
    _ indices: Range<Int>, _ work: @escaping @Sendable (Int) throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        for index in indices { group.addTask { (index, try work(index)) } }
        var results: [(Int, Result)] = []
        for try await result in group { results.append(result) }
        return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
