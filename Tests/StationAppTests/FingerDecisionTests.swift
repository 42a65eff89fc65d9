import EnrolmentCore
import EnrolmentFlow
import Foundation
import PacketFormat
import Testing

@testable import StationApp

@Suite("Fingers that are hard to take")
struct FingerDecisionTests {
    @Test("are tried three times and then kept with a reason, and the packet tells the whole of it")
    func kept() async throws {
        let document = try await enrolled(EasyExaminer(scores: [5, 19, 7, 60]))
        #expect(Self.prints(of: document) == ["RIGHT_INDEX attempt=2", "LEFT_INDEX attempt=1"])
        let trials = try #require(document.contextualData.fingers.trials)
        #expect(trials.map(\.outcome) == [.accepted, .sufficient])
        #expect(trials.map(\.acceptance) == [.noObviousReason, nil])
        #expect(trials[0].attempts.map(\.quality) == [5, 19, 7])
        #expect(trials[0].attempts.map(\.rejection) == [.lowQuality, nil, .lowQuality])
        #expect(trials[1].attempts[0].comparisons.map(\.biometricSubType) == ["RIGHT_INDEX"])
    }

    @Test("give way to another finger of the hand when the script says so")
    func another() async throws {
        let document = try await enrolled(EasyExaminer(scores: [5, 19, 7, 60]), insufficientFinger: .tryAnother)
        #expect(Self.prints(of: document) == ["RIGHT_MIDDLE attempt=1", "LEFT_INDEX attempt=1"])
        #expect(document.biometricData.compactMap(\.missing).flatMap { $0 }.map(\.biometricSubType) == ["RIGHT_INDEX"])
        #expect(document.contextualData.fingers.trials?.first?.replacedBy == "RIGHT_MIDDLE")
    }

    @Test("and are like each other are kept only with a reason")
    func alike() async throws {
        let document = try await enrolled(EasyExaminer(similarity: 90))
        let trials = try #require(document.contextualData.fingers.trials)
        #expect(trials.map(\.outcome) == [.sufficient, .accepted])
        #expect(trials[1].attempts[0].comparisons[0].similarity == 90)
    }

    @Test("of the training day are taken with the real measures, whatever these say of them")
    func real() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let devices = try EmulatedDevices(day: bench.day, clock: bench.clock, pace: .simulated)
            let station = try Station(
                kit: kit, devices: devices, officer: bench.day.officer,
                trust: try await StationTrust(kit, clock: bench.clock), rules: try .builtIn(.belgian),
                clock: bench.clock)
            let packet = try await station.enrol(
                bench.planned, in: bench.visit, answers: try #require(try bench.person(BenchDay.first).0.answers))
            let document = try Self.document(try await bench.contents(of: packet, on: kit))
            #expect(Self.prints(of: document).count == 2)
            for trial in try #require(document.contextualData.fingers.trials) {
                #expect(trial.attempts.allSatisfy { !$0.qualityParts.isEmpty })
            }
            kit.store.close()
        }
    }

    /// The packet that an enrolment became.
    private func enrolled(
        _ examiner: EasyExaminer, insufficientFinger: EnrolmentScript.InsufficientFinger? = nil
    ) async throws -> OSIAEnrollment {
        let bench = try await StationBench()
        let kit = try await bench.open()
        let station = try await bench.station(kit, try bench.devices(), examiner: examiner)
        var answers = try #require(try bench.person(BenchDay.first).0.answers)
        answers.insufficientFinger = insufficientFinger
        let packet = try await station.enrol(bench.planned, in: bench.visit, answers: answers)
        let document = try Self.document(try await bench.contents(of: packet, on: kit))
        kit.store.close()
        await bench.stop()
        return document
    }

    private static func document(_ content: [UInt8]) throws -> OSIAEnrollment {
        try JSONDecoder().decode(OSIAEnrollment.self, from: Data(content))
    }

    private static func prints(of document: OSIAEnrollment) -> [String] {
        document.biometricData.filter { $0.biometricType == .finger && $0.image != nil }
            .map { "\($0.biometricSubType ?? "") \($0.metadata ?? "")" }
    }
}
