import EnrolmentCore
import EnrolmentFlow
import Foundation

/// How long it takes from "Klaar" to a packet that is durable in the queue.
package enum SealMeasurement {
    package struct Figures: Codable, Sendable {
        package let packets: Int
        package let packetBytes: Int
        package let medianMilliseconds: Double
        package let p95Milliseconds: Double
        package let packetsPerSecond: Double
    }

    /// Seals the same complete enrolment again and again, each time as another case, on a real store in
    /// a temporary folder.
    package static func run(rounds: Int) async throws -> Figures {
        let clock = SystemClock()
        let folders = try DemoFolders()
        defer { folders.remove() }
        let demo = try await DemoKit.make(in: folders, kit: KitID("BENCH-1"), clock: clock)
        let kit = try await demo.open()
        let day = try TrainingDay.builtIn(today: LocalTime.day(of: clock.now()))
        let devices = try EmulatedDevices(day: day, clock: clock, pace: .simulated)
        let station = try Station(
            kit: kit, devices: devices, officer: day.officer, trust: try await StationTrust(kit, clock: clock),
            rules: try .builtIn(.belgian), clock: clock)
        guard let visit = day.visits.first, let planned = visit.cases.first,
            let answers = day.people[planned.id]?.answers
        else {
            throw FailureReport(.input(.invalidScript), kept: .nothingToKeep)
        }
        var times: [Double] = []
        for round in 0..<max(1, rounds) {
            let again = PlannedCase(
                id: CaseID("\(planned.id)-\(round)"), citizen: planned.citizen, applyingFor: planned.applyingFor)
            let session = EnrolmentSession(
                EnrolmentMachine(
                    record: EnrolmentRecord(
                        visit: visit, planned: again, officer: day.officer, kit: kit.kit, startedAt: clock.now()),
                    rules: station.rules, today: station.today),
                devices: try await devices.devices(for: planned), prover: station.trust, examiner: station.examiner,
                store: station.enrolments,
                clock: clock)
            times.append(try await timeOfSealing(session, answers))
        }
        times.sort()
        let packets = try await kit.packets()
        await demo.central.stop()
        return Figures(
            packets: packets.count, packetBytes: packets.map(\.fileSize).reduce(0, +) / max(1, packets.count),
            medianMilliseconds: times[times.count / 2], p95Milliseconds: times[(times.count - 1) * 95 / 100],
            packetsPerSecond: Double(times.count) * 1000 / times.reduce(0, +))
    }

    private static func timeOfSealing(
        _ session: EnrolmentSession, _ answers: EnrolmentScript.Answers
    ) async throws -> Double {
        let stopwatch = Stopwatch()
        _ = try await ScriptedEnrolment(session, answers: answers).run { update in
            guard case .state(let machine) = update else { return }
            if machine.step == .sealing { await stopwatch.start() }
            if machine.step == .stored { await stopwatch.stop() }
        }
        return await stopwatch.milliseconds
    }

    private actor Stopwatch {
        private var started = ContinuousClock.now
        private(set) var milliseconds = 0.0

        func start() { started = .now }

        func stop() {
            let time = started.duration(to: .now)
            milliseconds = Double(time.components.seconds) * 1000 + Double(time.components.attoseconds) / 1e15
        }
    }
}
