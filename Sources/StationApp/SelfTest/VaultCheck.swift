import EnrolmentCore
import OfflineCache
import StationUI

/// Judges the machine under a kit: what must hold so that nothing is lost with the power and nothing is read
/// by whoever finds the laptop.
struct VaultCheck: Sendable {
    /// What one look gave.
    struct Finding: Sendable {
        let verdict: SelfTest.Verdict
        let condition: VaultCondition
        let figure: String
    }

    let view: MachineView

    /// The kernel's own account: what the program asked for at its start, and what it got.
    func memory() -> Finding {
        let status = view.text("/proc/self/status")
        guard let locked = Self.kibibytes("VmLck:", in: status), let all = Self.kibibytes("VmSize:", in: status)
        else { return Finding(verdict: .attention, condition: .memorySecretsOnly, figure: "not told") }
        let figure = "\(locked / 1024) of \(all / 1024) MiB locked"
        if Self.isWhole(locked, of: all) { return Finding(verdict: .passed, condition: .memoryLocked, figure: figure) }
        return Finding(
            verdict: .attention, condition: .memorySecretsOnly,
            figure: figure + Self.memoryLimit(in: view.text("/proc/self/limits")))
    }

    func coreFiles() -> Finding {
        view.deniesDumps()
            ? Finding(verdict: .passed, condition: .coreFilesOff, figure: "none, and none for a collector")
            : Finding(verdict: .failed, condition: .coreFilesOn, figure: "a crash would write one")
    }

    func swap() -> Finding {
        guard let areas = view.swapAreas() else {
            return Finding(verdict: .attention, condition: .swapUnknown, figure: "not told")
        }
        func named(_ protection: MachineView.Protection) -> String {
            areas.filter { $0.protection == protection }.map(\.name).joined(separator: ", ")
        }
        let kinds = Set(areas.map(\.protection))
        if kinds.contains(.plain) {
            return memory().verdict == .passed
                ? Finding(verdict: .attention, condition: .swapPlain, figure: named(.plain))
                : Finding(verdict: .failed, condition: .swapLeaks, figure: named(.plain))
        }
        if kinds.contains(.unknown) {
            return Finding(verdict: .attention, condition: .swapUnknown, figure: named(.unknown))
        }
        if kinds.contains(.encrypted) {
            return Finding(verdict: .passed, condition: .swapEncrypted, figure: named(.encrypted))
        }
        return kinds.isEmpty
            ? Finding(verdict: .passed, condition: .swapAbsent, figure: "none")
            : Finding(verdict: .passed, condition: .swapInMemory, figure: named(.inMemory))
    }

    /// Hibernation writes the whole memory, locked pages included.
    func hibernation() -> Finding {
        let states = view.text("/sys/power/state")?.split(whereSeparator: \.isWhitespace) ?? []
        guard states.contains("disk"), view.text("/sys/power/disk")?.contains("[disabled]") != true else {
            return Finding(verdict: .passed, condition: .hibernationOff, figure: "the kernel offers none")
        }
        // A swap area is enough: whoever asks for hibernation names it to the kernel then.
        var images = (view.swapAreas() ?? []).filter { $0.protection != .inMemory }
        if let resume = view.text("/sys/power/resume")?.split(whereSeparator: \.isWhitespace).first, resume != "0:0" {
            images.append(
                MachineView.SwapArea(name: "resume=\(resume)", protection: view.protection(of: String(resume))))
        }
        let open = images.filter { $0.protection != .encrypted }
        if images.isEmpty {
            return Finding(verdict: .passed, condition: .hibernationOff, figure: "no area to write to")
        }
        let figure = (open.isEmpty ? images : open).map(\.name).joined(separator: ", ")
        return open.isEmpty
            ? Finding(verdict: .passed, condition: .hibernationEncrypted, figure: figure)
            : Finding(verdict: .failed, condition: .hibernationPlain, figure: figure)
    }

    /// What is known of the machine's chip.
    enum Chip: Sendable {
        case absent
        /// It does not say how it limits guesses.
        case silent
        case limiting(wrong: Int, most: Int, isClosed: Bool)
    }

    func key(_ lock: LockKind?, cost: Argon2id.Cost?, chip: Chip) -> Finding {
        guard lock == .machine else {
            let figure = "passphrase" + (cost.map { ", \($0.memoryKiB / 1024) MiB × \($0.passes) a guess" } ?? "")
            if case .absent = chip { return Finding(verdict: .passed, condition: .keyPassphrase, figure: figure) }
            return Finding(verdict: .attention, condition: .keyChipUnused, figure: figure)
        }
        guard case .limiting(let wrong, let most, let isClosed) = chip else {
            return Finding(verdict: .attention, condition: .keyMachineUnlimited, figure: "machine, limit not told")
        }
        let figure = "machine, \(wrong) of \(most) wrong guesses"
        return isClosed
            ? Finding(verdict: .passed, condition: .keyMachine, figure: figure)
            : Finding(verdict: .attention, condition: .keyMachineUnlimited, figure: figure)
    }

    /// The kernel's own pages in every program (vvar, vdso) are never locked.
    private static func isWhole(_ locked: Int, of all: Int) -> Bool { all - locked <= 1024 }

    private static func kibibytes(_ name: String, in status: String?) -> Int? {
        status?.split(separator: "\n").first { $0.hasPrefix(name) }
            .flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }
            .flatMap { Int($0) }
    }

    private static func memoryLimit(in limits: String?) -> String {
        guard let line = limits?.split(separator: "\n").first(where: { $0.hasPrefix("Max locked memory") }),
            let hard = line.split(whereSeparator: \.isWhitespace).dropFirst(4).first
        else { return "" }
        guard let bytes = Int(hard) else { return ", limit \(hard)" }
        return ", limit \(bytes / 1024) KiB"
    }
}
