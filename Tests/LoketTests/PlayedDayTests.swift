import Foundation
import Testing

@Suite(
    "loket demo --play",
    .enabled(if: Program.areBuilt, "loket and loket-central were not built beside these tests"),
    .timeLimit(.minutes(2)))
struct PlayedDayTests {
    private struct Report: Decodable {
        let visits: Int
        let people: Int
        let cardsDelivered: Int
        let packetsSealed: Int
        let receiptsVerified: Int
        let packetsLeft: Int
        let draftsLeft: Int
        let uploadsResumed: Int
        let killed: Int
        let connectionsCut: Int
        let plaintextFound: Int
        let plaintextNeedles: Int
    }

    @Test("brings six people through a crash and a broken line to verified receipts, and leaves nothing")
    func wholeDay() async throws {
        let desk = try Desk()
        let ending = try await Program(name: "loket").run(["demo", "--play", "--fast", "--json"], in: desk.folder)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
        #expect(report.visits == 4 && report.people == 6 && report.cardsDelivered == 1)
        #expect(report.packetsSealed == 6 && report.receiptsVerified == 6)
        #expect(report.packetsLeft == 0 && report.draftsLeft == 0)
        #expect(report.killed == 1 && report.connectionsCut == 1 && report.uploadsResumed >= 1)
        #expect(report.plaintextFound == 0 && report.plaintextNeedles > 100)
        let left = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path)
        #expect(left.filter { $0.hasPrefix("loket-demo") } == [])
    }
}
