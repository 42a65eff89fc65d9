import OfflineCache
import StationUI

/// Whether what is written to the data folder stays when the power goes, as far as can be told without cutting it.
extension VaultCheck {
    /// Of these the kernel's documentation says that `fsync` ends in a flush of the disk's own cache.
    private static let durable: Set<String> = ["ext4", "ext3", "xfs", "btrfs", "f2fs", "zfs", "bcachefs"]
    private static let inMemory: Set<String> = ["tmpfs", "ramfs", "rootfs"]
    private static let remote: Set<String> = ["nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "virtiofs", "afs", "vboxsf"]
    /// Mount options under which `fsync` returns before the disk has it (ext4, xfs and btrfs; overlay).
    private static let unsynchronised: Set<String> = ["nobarrier", "barrier=0", "volatile"]
    /// No disk that must reach its medium is as quick; one whose cache keeps its power may be.
    private static let leastSynchronisation = Duration.microseconds(15)

    /// - Parameters:
    ///   - folder: the kit's data.
    ///   - synchronisation: what writing and synchronising one small file there takes.
    func folder(_ folder: String, synchronisation: Duration) -> Finding {
        guard let mount = view.mount(of: folder) else {
            return Finding(verdict: .attention, condition: .folderUnknown, figure: "not told")
        }
        let disk =
            switch view.protection(of: mount.device) {
            case .encrypted: " on an encrypted disk"
            case .plain: " on a plain disk"
            case .inMemory: " in memory"
            case .unknown: ""
            }
        let figure = "\(mount.type)\(disk), \(Self.text(synchronisation)) a synchronisation"
        if Self.inMemory.contains(mount.type) || view.protection(of: mount.device) == .inMemory {
            return Finding(verdict: .failed, condition: .folderInMemory, figure: figure)
        }
        if Self.remote.contains(mount.type) || mount.type.hasPrefix("fuse.ssh") {
            return Finding(verdict: .failed, condition: .folderRemote, figure: figure)
        }
        if !mount.options.isDisjoint(with: Self.unsynchronised) {
            return Finding(verdict: .failed, condition: .folderUnsynchronised, figure: figure)
        }
        guard Self.durable.contains(mount.type) else {
            return Finding(verdict: .attention, condition: .folderUnknown, figure: figure)
        }
        return synchronisation < Self.leastSynchronisation
            ? Finding(verdict: .attention, condition: .folderTooQuick, figure: figure)
            : Finding(verdict: .passed, condition: .folderDurable, figure: figure)
    }

    /// What is wrong with the modes and owners of the files, nil where nothing is.
    func files(_ standing: FolderStanding) -> Finding? {
        if !standing.foreign.isEmpty {
            return Finding(verdict: .failed, condition: .folderForeign, figure: Self.text(standing.foreign))
        }
        guard !standing.open.isEmpty else { return nil }
        return Finding(verdict: .attention, condition: .folderOpen, figure: Self.text(standing.open))
    }

    /// Their count, and the first of them.
    private static func text(_ names: [String]) -> String {
        "\(names.count): " + names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
    }

    private static func text(_ time: Duration) -> String {
        let microseconds = time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000
        return microseconds < 10_000 ? "\(microseconds) µs" : "\(microseconds / 1000) ms"
    }
}
