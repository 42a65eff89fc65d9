package import EnrolmentCore
import Foundation
import OfflineCache
package import StationUI

/// The technician's test: each part of the kit is really used once, in seconds, without a person's data
/// leaving it.
package struct SelfTest: Sendable {
    package enum Part: String, CaseIterable, Codable, Sendable {
        case scanner, cardReader, signaturePad, camera, store
        /// Whether all that the kit keeps is as it left it.
        case kept
        /// The machine under the vault: where it lies, what locks it, and what of memory can leave memory.
        case folder, key, memory, coreFiles, swap, hibernation
        case clock, central
    }

    package typealias Verdict = SelfTestVerdict

    /// What one part gave.
    package struct Finding: Codable, Hashable, Sendable {
        package let part: Part
        package let verdict: Verdict
        /// With its unit; what a technician compares with another kit.
        package let figure: String
        /// The failure's stable code, or what the person did not do.
        package let code: String?
        package let milliseconds: Int
    }

    package struct Report: Codable, Sendable {
        package let kit: String
        package let isTraining: Bool
        package let startedAt: String
        package let findings: [Finding]
        package let milliseconds: Int

        package var passed: Bool { !findings.contains { $0.verdict == .failed } }
    }

    let kit: OpenKit
    private let devices: KitDevices
    private let clock: any WallClock
    private let central: CentralProbe
    let vault: VaultCheck
    /// How long a person has for each part, and central for each step of its answer.
    private let patience: Duration
    /// With less than this free the store gets attention: about two hundred packets.
    private static let wantedSpace = 200 * 1024 * 1024

    package init(
        kit: OpenKit, devices: KitDevices, clock: any WallClock, machine: MachineView = .system,
        patience: Duration = .seconds(4)
    ) {
        self.kit = kit
        self.devices = devices
        self.clock = clock
        self.patience = patience
        vault = VaultCheck(view: machine)
        central = CentralProbe(kit, patience: patience)
    }

    /// Tries the parts one after the other, telling each finding as it comes.
    package func run(
        _ parts: [Part] = Part.allCases, each: @Sendable (Finding) -> Void = { _ in }
    ) async -> Report {
        let started = clock.now()
        let watch = ContinuousClock()
        var findings: [Finding] = []
        let total = await watch.measure {
            for part in parts {
                let finding = await measure(part, watch)
                each(finding)
                findings.append(finding)
            }
        }
        return Report(
            kit: kit.kit.id.text, isTraining: kit.kit.isTraining, startedAt: started.rfc3339, findings: findings,
            milliseconds: total.wholeMilliseconds)
    }

    private func measure(_ part: Part, _ watch: ContinuousClock) async -> Finding {
        let started = watch.now
        var outcome: (Verdict, String, String?)
        do throws(FailureReport) {
            outcome = try await attempt(part)
        } catch {
            outcome = (.failed, error.detail.isEmpty ? "-" : error.detail, error.code.text)
        }
        return Finding(
            part: part, verdict: outcome.0, figure: outcome.1, code: outcome.2,
            milliseconds: started.duration(to: watch.now).wholeMilliseconds)
    }

    private func attempt(_ part: Part) async throws(FailureReport) -> (Verdict, String, String?) {
        switch part {
        case .scanner:
            try await device { () throws(DeviceError) in
                try await devices.scanner.capture(FingerCaptureRequest(.rightIndex, within: patience)) { _ in }
            } figure: {
                "\($0.raw.width)×\($0.raw.height) px, \(DynamicRange.levels(of: $0.raw)) grey levels"
            } verdict: {
                // A glass that is dirty, or a sensor that ages, shows fewer.
                DynamicRange.levels(of: $0.raw) >= DynamicRange.least ? .passed : .attention
            }
        case .cardReader:
            try await device { () throws(DeviceError) in
                try await devices.cardReader.readCard(within: patience) { _ in }
            } figure: {
                "\($0.files.count) files, \($0.files.values.map(\.count).reduce(0, +)) bytes"
            }
        case .signaturePad:
            try await device { () throws(DeviceError) in
                try await devices.pad.capture(within: patience) { _ in }
            } figure: {
                "\($0.strokes.count) strokes, \($0.strokes.map(\.count).reduce(0, +)) points"
            }
        case .camera:
            try await device { [devices] () throws(DeviceError) in
                try await devices.camera.capture(within: patience) { progress in
                    if case .preview = progress { Task { await devices.camera.shutter() } }
                }
            } figure: {
                "\($0.width)×\($0.height) px, \($0.jpeg.count) bytes"
            }
        case .store: try await tryStore()
        case .kept: try await tryKept()
        case .folder, .key, .memory, .coreFiles, .swap, .hibernation: outcome(of: try await tryVault(part))
        case .clock: try await tryClock()
        case .central:
            (.passed, try await central.ask().server, nil)
        }
    }

    private func device<Sample>(
        _ capture: () async throws(DeviceError) -> CaptureOutcome<Sample>, figure: (Sample) -> String,
        verdict: (Sample) -> Verdict = { _ in .passed }
    ) async throws(FailureReport) -> (Verdict, String, String?) {
        do throws(DeviceError) {
            switch try await capture() {
            case .captured(let sample): return (verdict(sample), figure(sample), nil)
            case .retry(let retry): return (.attention, "opened and released", retry.rawValue)
            }
        } catch {
            throw FailureReport(error, kept: .nothingToKeep)
        }
    }

    private func tryStore() async throws(FailureReport) -> (Verdict, String, String?) {
        do throws(StoreError) {
            try await kit.store.check()
            let free = try kit.store.freeSpace()
            let figure = "\(free / 1_048_576) MiB free, integrity ok"
            return free < Self.wantedSpace ? (.attention, figure, "store.diskFull") : (.passed, figure, nil)
        } catch {
            throw error.report(kept: .draft)
        }
    }

    private func tryClock() async throws(FailureReport) -> (Verdict, String, String?) {
        do throws(StoreError) {
            let reference = try? await central.ask().time
            let now = clock.now()
            let confidence = try await kit.store.clockMark.confidence(in: now, comparedWith: reference)
            let difference = reference.map { "\(now.since($0).wholeMilliseconds) ms from central" }
            let figure = difference ?? "not compared"
            return (confidence == .implausible ? .failed : .passed, figure, confidence.rawValue)
        } catch {
            throw error.report(kept: .draft)
        }
    }
}

extension Duration {
    package var wholeMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
