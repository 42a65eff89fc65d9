import EnrolmentCore
import Glibc
import Testing

@testable import OfflineCache

/// Which program of Tests/Witness/key-trace.sh this process is.
private enum KeyTraceRole: String {
    /// Opens and uses a store as the station does.
    case secret
    /// Has keys and a passphrase where they should not lie.
    case array

    static let own = getenv("LOKET_KEY_TRACE").flatMap { KeyTraceRole(rawValue: String(cString: $0)) }
}

/// The programs of Tests/Witness/key-trace.sh, which looks into the memory of one of them for a store key, the
/// key under its lock, and a passphrase: each runs in a process of its own, tells by named pipes where it
/// stands, and waits there for as long as it is told.
///
/// The passphrase comes through descriptor 3 and nowhere else; the store key lies in a file of version 1 that
/// the script made.
@Suite("The trace of a key", .enabled(if: KeyTraceRole.own != nil, "only for Tests/Witness/key-trace.sh"))
struct KeyTraceTests {
    private static let descriptor: Int32 = 3

    @Test("A store opened, used and closed", .enabled(if: KeyTraceRole.own == .secret))
    func secret() async throws {
        let folder = try Self.folder()
        let passphrase = try SecretBytes()
        _ = passphrase.fill(count: 24) { read(Self.descriptor, $0.baseAddress, 24) }
        close(Self.descriptor)
        // The first opening makes the file one of version 2, the second is every other day's.
        for round in 0..<2 {
            let keys = StoreKeys(in: folder, clock: SteppedClock())
            let opened = try keys.open(with: passphrase)
            let store = try await Store.open(
                folder: folder, kit: .real, sealing: Vault(opened), clock: SteppedClock()
            ).store
            let key = try await keys.settle(opened, of: store, with: passphrase, upgrading: .least)
            if round == 1 { try Self.pause("held") }
            key.forgetWrapping()
            let held = try await store.drafts.draft(of: CaseID("c"))?.revision ?? 0
            for number in 1...20 {
                _ = try await store.drafts.save(
                    patternedBytes(4096, seed: UInt64(number)), for: CaseID("c"), in: VisitID("v"),
                    after: held + number - 1)
                #expect(try await store.drafts.draft(of: CaseID("c"))?.revision == held + number)
            }
            store.close()
            key.wipe()
        }
        passphrase.wipe()
        try Self.pause("used")
    }

    @Test("The same in arrays, which is what must be found", .enabled(if: KeyTraceRole.own == .array))
    func array() throws {
        let folder = try Self.folder()
        var passphrase = [UInt8](repeating: 0, count: 24)
        read(Self.descriptor, &passphrase, 24)
        close(Self.descriptor)
        let key = try StoreKey.open(in: folder, passphrase: String(decoding: passphrase, as: UTF8.self))
        let copies =
            key.ring.all.map { $0.key.withBytes { Array($0) } } + [
                key.current.map { $0.fileKey.withBytes { Array($0) } } ?? []
            ]
        try Self.pause("held")
        key.wipe()
        try Self.pause("used")
        withExtendedLifetime((passphrase, copies)) {}
    }

    private struct Failure: Error { let what: String }

    private static func folder() throws -> String {
        try #require(getenv("LOKET_KEY_TRACE_FOLDER").map { String(cString: $0) }) + "/data"
    }

    /// Says by a pipe that this point is reached, and waits for its answer.
    private static func pause(_ point: String) throws {
        let folder = try #require(getenv("LOKET_KEY_TRACE_FOLDER").map { String(cString: $0) })
        for (name, mode) in [(point, O_WRONLY), (point + ".go", O_RDONLY)] {
            let pipe = open(folder + "/" + name, mode)
            guard pipe >= 0 else { throw Failure(what: "no pipe \(name)") }
            var byte: UInt8 = 0x2E
            _ = mode == O_WRONLY ? write(pipe, &byte, 1) : read(pipe, &byte, 1)
            close(pipe)
        }
    }
}
