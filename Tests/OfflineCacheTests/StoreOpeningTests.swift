import EnrolmentCore
import Foundation
import GRDB
import Glibc
import OfflineCacheSchema
import PacketFormat
import Synchronization
import Testing

@testable import OfflineCache

@Suite("Opening the store")
struct StoreOpeningTests {
    private let maker: StoreMaker

    init() throws { maker = try StoreMaker(try DataFolder()) }

    @Test("everything in the data folder is for its owner only")
    func modes() async throws {
        let store = try await maker.open()
        _ = try await store.sealPacket("c1", signatures: Signatures())
        for name in try FileManager.default.subpathsOfDirectory(atPath: maker.folder.path) {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(maker.folder.path)/\(name)")
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(name)")
        }
        store.close()
    }

    @Test("no call to the disk is made where a task of Swift's runs, when it opens")
    func apart() async throws {
        let calls = Mutex((all: 0, within: 0))
        let files: DurableFiles.Interposer = { _ in
            let isWithin = withUnsafeCurrentTask { $0 != nil }
            calls.withLock { $0 = ($0.all + 1, $0.within + (isWithin ? 1 : 0)) }
            return nil
        }
        let store = try await maker.open(probe: StorageProbe(files: files) { _ in })
        #expect(calls.withLock { $0.all > 5 && $0.within == 0 })
        store.close()
    }

    @Test("files of ours that others may read or write are closed; what is not ours, or is no file, is told")
    func exposedFiles() async throws {
        let store = try await maker.open()
        _ = try await store.sealPacket("c1", signatures: Signatures())
        store.close()
        let path = maker.folder.path
        #expect(try FolderStanding(of: path).open.isEmpty && FolderStanding(of: path).foreign.isEmpty)
        let packet = try #require(maker.folder.files().keys.first { $0.hasPrefix("packets/") })
        for name in ["store.key", "store.sqlite", packet] { chmod("\(path)/\(name)", 0o666) }
        #expect(mkfifo("\(path)/other", 0o600) == 0)
        let standing = try FolderStanding(of: path)
        #expect(standing.open.sorted() == [packet, "store.key", "store.sqlite"])
        #expect(standing.foreign == ["other"])
        // A link is not followed, and a name that is no text stops nothing.
        try Data([1]).write(to: URL(filePath: "\(path)-elsewhere"))
        defer { unlink("\(path)-elsewhere") }
        chmod("\(path)-elsewhere", 0o644)
        #expect(symlink("\(path)-elsewhere", "\(path)/packets/link") == 0)
        let noText: [CChar] = Array("\(path)/packets/".utf8CString.dropLast()) + [-1, 0]
        close(creat(noText, 0o600))
        let (opened, recovery) = try await maker.openReporting()
        #expect(recovery.closedFiles == 3)
        #expect(try await opened.closedFiles() == 3)
        #expect(try await opened.journal.lines().compactMap(\.reason).contains("closed-3"))
        opened.close()
        unlink(noText)
        #expect(try FolderStanding(of: path).open.isEmpty)
        #expect(
            try FileManager.default.attributesOfItem(atPath: "\(path)-elsewhere")[.posixPermissions] as? Int == 0o644)
        let (again, nothing) = try await maker.openReporting()
        #expect(nothing.closedFiles == 0)
        #expect(try await again.closedFiles() == 3)
        #expect(try await again.journal.lines().count { $0.reason == "closed-3" } == 1)
        let day = AuditBench.day(0)
        _ = try await again.seals.close(day, by: OfficerID("o-1"), because: nil, with: Signatures().kitKey)
        #expect(try await again.closedFiles() == 0)
        again.close()
        if geteuid() == 0 {
            #expect(chown("\(path)/store.key", 65534, 65534) == 0)
            #expect(try FolderStanding(of: path).foreign == ["other", "store.key", "packets/link"])
        }
    }

    @Test("a folder that others may look into is refused")
    func openFolder() async throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: maker.folder.path)
        await #expect(throws: StoreError.unsafeSetting(name: "folder mode", found: "750")) { try await maker.open() }
    }

    @Test("a second holder is refused at once, and let in after the first has closed")
    func oneHolder() async throws {
        let first = try await maker.open()
        await #expect(throws: StoreError.inUse) { try await maker.open() }
        first.close()
        try await maker.open().close()
    }

    @Test("every setting that the store rests on is read back, and a wrong one stops the start")
    func settings() async throws {
        let wrong = [
            "journal_mode": "DELETE", "synchronous": "NORMAL", "foreign_keys": "OFF", "secure_delete": "OFF",
            "temp_store": "FILE", "trusted_schema": "ON", "cell_size_check": "OFF", "wal_autocheckpoint": "0",
        ]
        #expect(Set(wrong.keys) == Set(StoreSettings.required.settings.map(\.name)))
        for (name, value) in wrong {
            let settings = StoreSettings.required.settings.map { setting in
                guard setting.name == name else { return setting }
                return StoreSettings.Setting(name: name, wanted: value, granted: setting.granted)
            }
            let error = await #expect(throws: StoreError.self) { try await open(settings: StoreSettings(settings)) }
            guard case .unsafeSetting(name: name, found: _) = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
    }

    @Test("a training kit and a real kit never share a store")
    func otherMode() async throws {
        try await maker.open().close()
        var training = maker
        training.kit = .training
        await #expect(throws: StoreError.otherMode(foundTraining: false)) { try await training.open() }
    }

    @Test("another kit's store is refused")
    func otherKit() async throws {
        try await maker.open().close()
        var other = maker
        other.kit = Kit(id: KitID("kit-08"), isTraining: false)
        await #expect(throws: StoreError.otherKit(found: KitID("kit-07"))) { try await other.open() }
    }

    @Test("a key of another store is refused at the start, not at the first record")
    func otherKey() async throws {
        try await maker.open().close()
        let elsewhere = try DataFolder()
        let other = StoreMaker(maker.folder, sealing: Vault(try StoreKey.example(in: elsewhere.path)))
        await #expect(throws: StoreError.otherKey) { try await other.open() }
    }

    @Test("a database of a later program is refused and left as it is")
    func newerSchema() async throws {
        let later = SchemaMigration.all + [.init(name: "v999-later", sql: "CREATE TABLE later (id INTEGER)")]
        let (store, _) = try await Store.open(
            folder: maker.folder.path, kit: maker.kit, sealing: maker.sealing, clock: maker.clock, probe: .none,
            settings: .required, migrations: later)
        // What a later program means by such a row nobody knows here.
        try await store.perform { _, database in
            try database.execute(
                sql: """
                    INSERT INTO journal (position, at, event, case_id, digest)
                    VALUES (1, 1, 'draft-discarded', 'c9', 'd');
                    INSERT INTO draft (case_id, visit_id, revision, saved_at, sealed) VALUES ('c9', 'v', 1, 1, x'00')
                    """)
        }
        let before = try maker.folder.copy()
        store.close()
        await #expect(throws: StoreError.newerSchema(found: "v999-later")) {
            try await maker.over(before).open()
        }
        let database = try DatabaseQueue(path: "\(before.path)/\(Store.databaseName)")
        let drafts = try await database.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM draft") }
        #expect(drafts == 1)
        try database.close()
    }

    @Test("a migration that fails in the middle leaves the schema and the queue of before")
    func failedMigration() async throws {
        let store = try await maker.open()
        let packet = try await store.sealPacket("c1", signatures: Signatures())
        store.close()
        let broken = SchemaMigration.all + [.init(name: "v999-broken", sql: "CREATE TABLE half (id); SELECT nonsense;")]
        await #expect(throws: StoreError.self) {
            try await Store.open(
                folder: maker.folder.path, kit: maker.kit, sealing: maker.sealing, clock: maker.clock, probe: .none,
                settings: .required, migrations: broken)
        }
        let again = try await maker.open()
        #expect(try await again.packets.packets() == [packet])
        #expect(try await again.perform { try !$1.tableExists("half") })
        again.close()
    }

    @Test("a database file that is none is named as unreadable", arguments: [0, 16, 100, 5000])
    func damagedDatabase(keeping count: Int) async throws {
        let store = try await maker.open()
        _ = try await store.sealPacket("c1", signatures: Signatures())
        store.close()
        let whole = try #require(try maker.folder.files()[Store.databaseName])
        let noise = patternedBytes(whole.count - count, seed: 9)
        try maker.folder.overwrite(Store.databaseName, with: Array(whole.prefix(count)) + noise)
        await #expect(throws: StoreError.self) {
            let reopened = try await maker.open()
            defer { reopened.close() }
            try await reopened.check()
        }
    }

    @Test("free space is a figure of the data folder's disk")
    func freeSpace() async throws {
        let store = try await maker.open()
        #expect(try store.freeSpace() > 0)
        store.close()
    }

    private func open(settings: StoreSettings) async throws {
        let (store, _) = try await Store.open(
            folder: maker.folder.path, kit: maker.kit, sealing: maker.sealing, clock: maker.clock, probe: .none,
            settings: settings, migrations: SchemaMigration.all)
        store.close()
    }
}
