import Testing

@testable import OfflineCache

@Suite("The vault")
struct VaultTests {
    private let vault: Vault
    private let folder: DataFolder
    private let name = RecordName(table: "draft", id: "case-1", revision: 3)

    init() throws {
        folder = try DataFolder()
        vault = Vault(try StoreKey.create(in: folder.path, passphrase: "p", cost: .least))
    }

    @Test("gives back what it sealed, of any length", arguments: [0, 1, 15, 16, 17, 4096, 1_000_000])
    func roundTrip(count: Int) throws {
        let content = patternedBytes(count, seed: 1)
        #expect(try vault.open(vault.seal(content, as: name), as: name) == content)
    }

    @Test("never seals the same content to the same bytes")
    func freshKeys() throws {
        let sealed = try (0..<8).map { _ in try vault.seal([1, 2, 3], as: name) }
        #expect(Set(sealed).count == sealed.count)
        #expect(Set(sealed.map { Array($0.prefix(32)) }).count == sealed.count)
    }

    @Test("refuses a record under any other name")
    func boundToName() throws {
        let sealed = try vault.seal([1, 2, 3], as: name)
        let others = [
            RecordName(table: "visit", id: "case-1", revision: 3),
            RecordName(table: "draft", id: "case-2", revision: 3),
            RecordName(table: "draft", id: "case-1", revision: 4),
            RecordName(table: "draftc", id: "ase-1", revision: 3),
        ]
        for other in others {
            #expect(throws: StoreError.recordDamaged(other)) { try vault.open(sealed, as: other) }
        }
    }

    @Test("refuses a record with any bit changed or any byte missing")
    func tampered() throws {
        let sealed = try vault.seal(Array("sample".utf8), as: name)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 0x80
            #expect(throws: StoreError.recordDamaged(name)) { try vault.open(changed, as: name) }
            #expect(throws: StoreError.recordDamaged(name)) { try vault.open(Array(sealed.prefix(index)), as: name) }
        }
    }
}
