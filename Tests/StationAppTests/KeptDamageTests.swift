import EnrolmentCore
import EnrolmentFlow
import Foundation
import OfflineCache
import StationUI
import Testing

@testable import StationApp

@Suite("What is not as the kit kept it")
struct KeptDamageTests {
    @Test("a packet whose file is gone is told on the home screen, by the self-test and after a synchronisation")
    func fileGone() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let packet = try await bench.enrol(on: kit)
            #expect(try await kit.keptDamage().count == 0)
            kit.store.close()
            try FileManager.default.removeItem(at: bench.home.appending(path: "packets/\(packet).age"))
            let again = try await bench.open()
            #expect(try await again.keptDamage() == KeptDamage(setAside: 1))
            let station = try await bench.station(again, try bench.devices())
            #expect(await station.warnings().contains(.keptDamaged(items: 1)))
            let test = SelfTest(kit: again, devices: try await bench.devices().devices(for: nil), clock: bench.clock)
            let finding = await test.run([.kept]).findings.first
            #expect(finding?.verdict == .failed && finding?.code == "store.packetDamaged")
            #expect(try await bench.sync(again).damage == KeptDamage(setAside: 1))
            let report = try await again.audit()
            #expect(report.findings.map(\.kind) == [.packetFileDiffers] && report.packetFiles == 1)
            again.store.close()
        }
    }

    @Test("files that no row accounts for are told at each opening")
    func unknownFile() async throws {
        try await withStationBench { bench in
            try await bench.open().store.close()
            try Data([1]).write(to: bench.home.appending(path: "packets/unknown"))
            let kit = try await bench.open()
            #expect(try await kit.keptDamage().unknownFiles == 1)
            kit.store.close()
        }
    }

    @Test(
        "files that others could read are told of until the day is closed, by the opening that closes them and the next"
    )
    func openFile() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let packet = try await bench.enrol(on: kit)
            #expect(try await kit.keptDamage() == KeptDamage())
            kit.store.close()
            let file = bench.home.appending(path: "packets/\(packet).age").path
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
            for _ in 0..<2 {
                let again = try await bench.open()
                #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
                #expect(try await again.keptDamage() == KeptDamage(closedFiles: 1))
                let station = try await bench.station(again, try bench.devices())
                #expect(await station.warnings() == [.filesClosed(1)])
                let test = SelfTest(
                    kit: again, devices: try await bench.devices().devices(for: nil), clock: bench.clock)
                let finding = await test.run([.kept]).findings.first
                #expect(finding?.verdict == .attention && finding?.code == "folder.wasOpen")
                again.store.close()
            }
        }
    }
}
