import EnrolmentCore
import Testing

@testable import StationApp

@Suite("The self-test")
struct SelfTestTests {
    @Test("passes every part of a sound kit, each with a figure, in seconds")
    func sound() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let devices = try bench.devices()
            let told = Told()
            let report = await SelfTest(
                kit: kit, devices: try await devices.devices(for: nil), clock: bench.clock,
                machine: PretendedMachine.sound.view, patience: .seconds(15)
            ).run { finding in told.append(finding) }
            #expect(report.findings.map(\.part) == SelfTest.Part.allCases)
            for finding in report.findings {
                #expect(finding.verdict == .passed, "\(finding)")
                #expect(!finding.figure.isEmpty, "\(finding.part)")
            }
            #expect(report.passed)
            #expect(report.milliseconds < 20_000)
            #expect(report.isTraining && report.kit == StationBench.kit.id.text)
            #expect(told.findings == report.findings)
            #expect(devices.leftovers == [])
            kit.store.close()
        }
    }

    @Test("names the device that is missing, and tries all the others", arguments: Missing.all)
    func missing(_ missing: Missing) async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let devices = try bench.devices(missing.faults)
            if missing.part == .scanner { devices.scanner.unplug() }
            if missing.part == .cardReader { devices.reader.unplug() }
            let report = await SelfTest(
                kit: kit, devices: try await devices.devices(for: nil), clock: bench.clock,
                machine: PretendedMachine.sound.view, patience: .seconds(15)
            ).run()
            #expect(!report.passed)
            #expect(report.findings.map(\.part) == SelfTest.Part.allCases)
            for finding in report.findings {
                if finding.part == missing.part {
                    #expect(finding.verdict == .failed && finding.code == missing.code, "\(finding)")
                } else {
                    #expect(finding.verdict == .passed, "\(finding)")
                }
            }
            kit.store.close()
        }
    }

    @Test("asks for attention, and passes, when nobody signs")
    func nobodySigns() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let devices = try bench.devices(.init(pad: [.silentFromReport(0)]))
            let test = SelfTest(kit: kit, devices: try await devices.devices(for: nil), clock: bench.clock)
            let report = await test.run([.signaturePad])
            #expect(report.findings.map(\.verdict) == [.attention])
            #expect(report.findings.first?.code == CaptureRetry.noInk.rawValue)
            #expect(report.passed)
            kit.store.close()
        }
    }

    @Test("says that central is away, with the kit's own parts still tried")
    func centralAway() async throws {
        try await withStationBench { bench in
            let link = try await CuttableLink(toCentralAt: bench.central.port)
            let kit = try await bench.open(bundle: bench.bundle.reached(at: "https://localhost:\(link.port)"))
            let test = SelfTest(
                kit: kit, devices: try await bench.devices().devices(for: nil), clock: bench.clock)
            let report = await test.run([.store, .clock, .central])
            #expect(report.findings.map(\.verdict) == [.passed, .passed, .failed])
            #expect(report.findings.last?.code == "central.unreachable")
            #expect(report.findings[1].figure == "not compared")
            kit.store.close()
        }
    }

    struct Missing: CustomTestStringConvertible, Sendable {
        let part: SelfTest.Part
        let code: String
        let faults: BenchDevices.Faults

        var testDescription: String { "without \(part.rawValue)" }

        static let all = [
            Missing(part: .scanner, code: "scanner.absent", faults: .none),
            Missing(part: .cardReader, code: "cardReader.absent", faults: .init(card: .none)),
            Missing(part: .signaturePad, code: "signaturePad.absent", faults: .init(pad: [.absent])),
            Missing(part: .camera, code: "camera.absent", faults: .init(camera: [.refusesStart(.absent)])),
        ]
    }
}
