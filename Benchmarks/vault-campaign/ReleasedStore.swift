import EnrolmentCore
import Foundation
import GRDB
import OfflineCacheSchema

/// A full store as a released program wrote it, kept as SQL beside this file.
struct ReleasedStore {
    /// Of its newest migration.
    let name: String
    let world: CampaignWorld
    /// How many migrations it has had.
    let count: Int

    init(contentsOf path: String) throws {
        name = URL(filePath: path).deletingPathExtension().lastPathComponent
        world = try CampaignWorld(contentsOf: path)
        guard let index = SchemaMigration.all.firstIndex(where: { [name] in $0.name == name }) else {
            throw CampaignFailure("\(name) is no released schema")
        }
        count = index + 1
    }

    /// The schemas to upgrade from: its own, and for the newest release each one since, which is not released yet.
    var steps: ClosedRange<Int> {
        count == Self.newestRelease ? count...max(count, SchemaMigration.all.count - 1) : count...count
    }

    /// Version 0.2 ended with v002.
    private static let newestRelease = 2

    /// The files of its data folder, with some of the newer migrations applied.
    func files(with migrations: Int) throws -> [String: [UInt8]] {
        let folder = try CampaignFolder(in: CampaignFolder.inMemory)
        let data = "\(folder.path)/data"
        try CrashRun.write(world.files, folders: ["packets"], to: data)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: "\(data)/store.sqlite", configuration: configuration)
        try database.writeWithoutTransaction { database in
            try database.execute(sql: world.sql)
            for migration in SchemaMigration.all[count..<migrations] {
                try database.execute(sql: migration.sql)
                try database.execute(sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: [migration.name])
            }
            // The store's own mode, so that what is left beside it is what a store leaves.
            try database.execute(sql: "PRAGMA journal_mode = WAL")
        }
        try database.close()
        return try Self.files(below: data)
    }

    /// Every file, by its path from there; without SQLite's shared memory, which is on no disk.
    static func files(below folder: String) throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) where !name.hasSuffix("-shm") {
            var isFolder: ObjCBool = false
            let path = "\(folder)/\(name)"
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            found[name] = [UInt8](try Data(contentsOf: URL(filePath: path)))
        }
        return found
    }
}
