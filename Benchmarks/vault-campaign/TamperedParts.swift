import CentralServer
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat

/// A kit of which a whole file is gone, emptied, or another kit's: none may open as if nothing had been there.
struct TamperedParts: Sendable {
    let world: TamperWorld

    private enum Change: String, CaseIterable { case removed, emptied, swapped }

    /// Once as the kit is, once without a packet in its folder.
    func run() async throws -> TamperFigures {
        let other = try await TamperWorld.make(seed: world.campaign.seed + 1)
        var figures = TamperFigures()
        for hasPackets in [true, false] {
            for part in ["store.sqlite", "store.key", "kit.sealed"] {
                for change in Change.allCases {
                    let folder = try changed(part, change, hasPackets, other)
                    let isOpen = try await opens("\(folder.path)/data")
                    figures.note(isOpen ? .wrong("\(part) \(change), packets \(hasPackets)") : .detected)
                }
            }
        }
        return figures
    }

    private func changed(
        _ part: String, _ change: Change, _ hasPackets: Bool, _ other: TamperWorld
    ) throws -> CampaignFolder {
        let copy = try CampaignFolder(in: CampaignFolder.inMemory)
        let (manager, data) = (FileManager.default, "\(copy.path)/data")
        try manager.copyItem(atPath: world.folder.path, toPath: data)
        if !hasPackets {
            for name in try manager.contentsOfDirectory(atPath: "\(data)/packets") {
                try manager.removeItem(atPath: "\(data)/packets/\(name)")
            }
        }
        let names = [part] + (part == "store.sqlite" ? ["\(part)-wal", "\(part)-shm"] : [])
        for name in names { try? manager.removeItem(atPath: "\(data)/\(name)") }
        switch change {
        case .removed: break
        case .emptied: try Data().write(to: URL(filePath: "\(data)/\(part)"))
        case .swapped: try manager.copyItem(atPath: "\(other.folder.path)/\(part)", toPath: "\(data)/\(part)")
        }
        return copy
    }

    /// As the station opens a kit: its key, its own keys, its store.
    private func opens(_ folder: String) async throws -> Bool {
        let passphrase = try TamperWorld.passphrase()
        let clock = SystemWallClock()
        do throws(StoreError) {
            let key = try StoreKeys(in: folder, clock: clock).open(with: passphrase)
            guard try SealedRecordFile.kit.read(in: folder, under: key) == TamperWorld.bundle else { return false }
            try await Store.open(folder: folder, kit: world.campaign.kit.kit, sealing: Vault(key), clock: clock)
                .store.close()
            return true
        } catch {
            return false
        }
    }
}
