import Foundation
import Testing

@Suite(
    "A kit and a served central",
    .enabled(if: Program.areBuilt, "loket and loket-central were not built beside these tests"),
    .timeLimit(.minutes(1)))
struct KitWithCentralTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            let part: String
            let verdict: String
            let figure: String
        }

        let isTraining: Bool
        let findings: [Finding]
    }

    @Test("pass the whole self-test, sync an empty queue, and end in good order")
    func selfTest() async throws {
        let desk = try Desk()
        let central = try await ServedCentral(in: desk.folder)
        let url = "https://localhost:\(central.port)"
        let kit = ["--home", "kit", "--passphrase-file", "passphrase", "--json"]
        let registered = try await Program(name: "loket-central").run(
            ["keys", "kit", "--dir", "central", "--kit", "OEFENKIT-9", "--out", "kit.json", "--url", url],
            in: desk.folder)
        #expect(registered.exitCode == 0, "\(registered.errors)")
        let loket = Program(name: "loket")
        let provisioned = try await loket.run(["provision", "--bundle", "kit.json"] + kit, in: desk.folder)
        #expect(provisioned.exitCode == 0, "\(provisioned.errors)")
        let tested = try await loket.run(["selftest", "--emulated"] + kit, in: desk.folder)
        #expect(tested.exitCode == 0, "\(tested.output)")
        let report = try JSONDecoder().decode(Report.self, from: Data(tested.output.utf8))
        #expect(report.isTraining)
        #expect(
            report.findings.map(\.part)
                == [
                    "scanner", "cardReader", "signaturePad", "camera", "store", "kept", "folder", "key", "memory",
                    "coreFiles",
                    "swap", "hibernation", "clock", "central",
                ])
        // What this machine does with its memory and where the test's folder lies is not the kit's doing.
        let machine: Set = ["folder", "key", "memory", "swap", "hibernation"]
        for finding in report.findings {
            #expect(!finding.figure.isEmpty, "\(finding.part)")
            #expect(finding.verdict == "passed" || machine.contains(finding.part), "\(tested.output)")
        }
        let synced = try await loket.run(["sync"] + kit, in: desk.folder)
        #expect(synced.exitCode == 0, "\(synced.errors)")
        #expect(await central.stop() == 0)
    }
}
