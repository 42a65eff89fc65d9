import EnrolmentCore
import OfflineCache
import PacketFormat
import StationUI

extension SelfTest {
    /// Looks at one part of the machine under the vault.
    func tryVault(_ part: Part) async throws(FailureReport) -> VaultCheck.Finding {
        switch part {
        case .memory: vault.memory()
        case .coreFiles: vault.coreFiles()
        case .swap: vault.swap()
        case .hibernation: vault.hibernation()
        case .key: try await tryKey()
        default: try await tryFolder()
        }
    }

    /// On a kit for training no person's data can be lost or read: there a fault is told, and passes.
    func outcome(of finding: VaultCheck.Finding) -> (Verdict, String, String?) {
        let isExercise = kit.kit.isTraining && finding.verdict == .failed
        return (isExercise ? .attention : finding.verdict, finding.figure, finding.condition.rawValue)
    }

    func tryKept() async throws(FailureReport) -> (Verdict, String, String?) {
        let damage = try await kit.keptDamage()
        let figure =
            "\(damage.setAside) packets set aside, \(damage.unreadableRows) rows unreadable, "
            + "\(damage.unknownFiles) files unknown, \(damage.closedFiles) files were open to others"
        if damage.count > 0 { return (.failed, figure, FailureCode.store(.packetDamaged).text) }
        return damage.closedFiles > 0
            ? (.attention, figure, VaultCondition.folderWasOpen.rawValue) : (.passed, figure, nil)
    }

    private func tryFolder() async throws(FailureReport) -> VaultCheck.Finding {
        let folder = kit.folder
        let (time, standing) = try await folder.apart(kept: .draft) { [vault] () -> (Duration, FolderStanding) in
            let standing = try FolderStanding(of: folder.url.path)
            do throws(FileFailure) {
                return (try vault.view.synchronisation(folder.packets.path), standing)
            } catch {
                throw FailureReport(
                    .store(error.isDiskFull ? .diskFull : .unwritable), detail: error.description, kept: .draft)
            }
        }
        return vault.files(standing) ?? vault.folder(folder.url.path, synchronisation: time)
    }

    private func tryKey() async throws(FailureReport) -> VaultCheck.Finding {
        let status = try await kit.folder.keyStatus()
        let safe = kit.folder.safe
        let chip = try await kit.folder.apart(kept: .draft) { () -> VaultCheck.Chip in
            guard safe != nil else { return .absent }
            guard let limit = try? safe?.guessing() else { return .silent }
            return .limiting(wrong: limit.wrong, most: limit.most, isClosed: limit.isClosed)
        }
        return vault.key(status.lock, cost: status.cost, chip: chip)
    }
}
