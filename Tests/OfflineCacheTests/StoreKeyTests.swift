import Foundation
import Testing

@testable import OfflineCache

@Suite("The store's key")
struct StoreKeyTests {
    private let folder: DataFolder

    init() throws { folder = try DataFolder() }

    @Test("opens again under its passphrase, and is the same key")
    func roundTrip() throws {
        let made = try StoreKey.create(in: folder.path, passphrase: "zin één", cost: .least)
        let name = RecordName(table: "draft", id: "c1", revision: 1)
        let sealed = try Vault(made).seal([1, 2, 3], as: name)
        let opened = try StoreKey.open(in: folder.path, passphrase: "zin één")
        #expect(try Vault(opened).open(sealed, as: name) == [1, 2, 3])
    }

    @Test("a wrong passphrase is named as such")
    func wrongPassphrase() throws {
        _ = try StoreKey.create(in: folder.path, passphrase: "right", cost: .least)
        #expect(throws: StoreError.wrongPassphrase) { try StoreKey.open(in: folder.path, passphrase: "wrong") }
    }

    @Test("is never overwritten by a new one, and never made anew beside a database")
    func neverReplaced() throws {
        _ = try StoreKey.create(in: folder.path, passphrase: "first", cost: .least)
        #expect(throws: StoreError.keyExists) {
            try StoreKey.create(in: folder.path, passphrase: "second", cost: .least)
        }
        let other = try DataFolder()
        try other.overwrite(Store.databaseName, with: [1])
        #expect(throws: StoreError.keyMissing) {
            try StoreKey.create(in: other.path, passphrase: "new", cost: .least)
        }
        #expect(throws: StoreError.keyMissing) { try StoreKey.open(in: other.path, passphrase: "new") }
    }

    @Test("a changed passphrase opens the same records, and the old one no longer does")
    func changedPassphrase() throws {
        let key = try StoreKey.create(in: folder.path, passphrase: "old", cost: .least)
        try key.changePassphrase(in: folder.path, to: "new", cost: .least)
        #expect(throws: StoreError.wrongPassphrase) { try StoreKey.open(in: folder.path, passphrase: "old") }
        _ = try StoreKey.open(in: folder.path, passphrase: "new")
    }

    @Test("a file that is cut anywhere, or has any byte changed, is refused and never crashes")
    func damagedFile() throws {
        _ = try StoreKey.create(in: folder.path, passphrase: "p", cost: .least)
        let whole = try #require(try folder.files()[StoreKey.fileName])
        for length in stride(from: 0, to: whole.count, by: 7) {
            try folder.overwrite(StoreKey.fileName, with: Array(whole.prefix(length)))
            #expect(throws: StoreError.keyDamaged) { try StoreKey.open(in: folder.path, passphrase: "p") }
        }
        for index in stride(from: 0, to: whole.count, by: 3) {
            var changed = whole
            changed[index] ^= 0x01
            try folder.overwrite(StoreKey.fileName, with: changed)
            #expect(throws: StoreError.self, "byte \(index)") { try StoreKey.open(in: folder.path, passphrase: "p") }
        }
    }

    @Test(
        "a file that asks for absurd work is refused before any is done",
        arguments: [(1 << 40, 8, 1), (1025, 8, 1), (0, 8, 1), (-1, 8, 1), (1024, 1 << 30, 1), (1024, 8, 1 << 30)])
    func absurdCost(rounds: Int, blockSize: Int, parallelism: Int) throws {
        let text = """
            {"version":1,"kdf":"scrypt","cost":{"rounds":\(rounds),"blockSize":\(blockSize),\
            "parallelism":\(parallelism)},"salt":"AAAAAAAAAAAAAAAAAAAAAA==","sealed":"AAAA"}
            """
        try folder.overwrite(StoreKey.fileName, with: Array(text.utf8))
        #expect(throws: StoreError.keyDamaged) { try StoreKey.open(in: folder.path, passphrase: "p") }
    }
}
