import BiometricFormats
import Foundation
import Testing

@Suite(
    "loket finger",
    .enabled(if: Program.areBuilt, "loket and loket-central were not built beside these tests"))
struct FingerRoundTripTests {
    @Test("compresses a picture as WSQ and gives it back at its size, close to what it was")
    func roundTrip() async throws {
        let desk = try Desk()
        let loket = Program(name: "loket")
        #expect(try await loket.run(["finger", "encode", "finger.pgm", "f.wsq"], in: desk.folder).exitCode == 0)
        #expect(try await loket.run(["finger", "decode", "f.wsq", "back.pgm"], in: desk.folder).exitCode == 0)
        let wsq = try desk.read("f.wsq")
        #expect(wsq.starts(with: [0xFF, 0xA0]) && wsq.suffix(2) == [0xFF, 0xA1])
        let back = try PGMCodec().decode(try desk.read("back.pgm"))
        #expect(back.width == Desk.finger.width && back.height == Desk.finger.height)
        let squares = zip(back.pixels, Desk.finger.pixels).map { pair in
            let difference = Int(pair.0) - Int(pair.1)
            return difference * difference
        }
        let deviation = (Double(squares.reduce(0, +)) / Double(squares.count)).squareRoot()
        #expect(deviation < 12, "\(deviation) grey levels")
    }
}
