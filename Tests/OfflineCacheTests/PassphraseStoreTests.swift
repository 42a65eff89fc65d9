import EnrolmentCore
import GRDB
import Testing

@testable import OfflineCache

@Suite("Officers' passphrases")
struct PassphraseStoreTests {
    private let maker: StoreMaker
    private let officer = OfficerID("o-12")
    private let limit = TryLimit(freeTries: 3, firstWait: .seconds(60), longestWait: .seconds(600))

    init() throws { maker = try StoreMaker(try DataFolder()) }

    @Test("the right one is right, after a restart too; any other is wrong")
    func rightAndWrong() async throws {
        var store = try await maker.open()
        #expect(try await check("een goede zin", store, at: 0) == .notSet)
        try await store.passphrases.set(try secret("een goede zin"), for: officer, cost: .least)
        #expect(try await store.passphrases.isSet(for: officer))
        #expect(try await check("een goede zin", store, at: 0) == .right)
        store.close()
        store = try await maker.open()
        #expect(try await check("een goede zin", store, at: 0) == .right)
        for wrong in ["een goede zim", "een goede zin ", "Een goede zin", ""] {
            #expect(try await check(wrong, store, at: 0) != .right)
            try await store.passphrases.set(try secret("een goede zin"), for: officer, cost: .least)
        }
        #expect(
            try await store.passphrases.check(
                try secret("een goede zin"), of: OfficerID("o-13"), limit: limit, now: uptime(0)) == .notSet)
        store.close()
    }

    @Test("after the free tries each wrong one doubles the wait, and a right one during a wait is not looked at")
    func waits() async throws {
        let store = try await maker.open()
        try await store.passphrases.set(try secret("goed"), for: officer, cost: .least)
        #expect(try await check("fout", store, at: 0) == .wrong(triesLeft: 2, wait: .zero))
        #expect(try await check("fout", store, at: 0) == .wrong(triesLeft: 1, wait: .zero))
        #expect(try await check("fout", store, at: 0) == .wrong(triesLeft: 0, wait: .seconds(60)))
        guard case .mustWait(let left) = try await check("goed", store, at: 59) else {
            Issue.record("no wait")
            return
        }
        #expect(left > .seconds(0) && left <= .seconds(2))
        #expect(try await check("fout", store, at: 61) == .wrong(triesLeft: 0, wait: .seconds(120)))
        #expect(try await check("goed", store, at: 170) != .right)
        #expect(try await check("goed", store, at: 190) == .right)
        #expect(try await check("fout", store, at: 190) == .wrong(triesLeft: 2, wait: .zero))
        store.close()
    }

    @Test("whoever changes how often it was wrong waits for the longest time, once")
    func changedTries() async throws {
        let store = try await maker.open()
        try await store.passphrases.set(try secret("goed"), for: officer, cost: .least)
        for change in ["failures = 1", "boot = 'other'", "uptime = 0", "mac = NULL"] {
            for _ in 0..<3 { _ = try await check("fout", store, at: 1000) }
            try await store.perform { _, database in try database.execute(sql: "UPDATE passphrase_try SET \(change)") }
            #expect(try await check("goed", store, at: 1000) == .mustWait(.seconds(600)), "\(change)")
            #expect(try await check("goed", store, at: 1500) != .right)
            #expect(try await check("goed", store, at: 1602) == .right)
        }
        store.close()
    }

    @Test("a restart of the program ends no wait; neither does the wall clock, put back or forward by years")
    func restart() async throws {
        var store = try await maker.open()
        try await store.passphrases.set(try secret("goed"), for: officer, cost: .least)
        for _ in 0..<3 { _ = try await check("fout", store, at: 1000) }
        for year in [-20, 0, 20] as [Int64] {
            store.close()
            maker.clock.move(to: .noon.advanced(by: .seconds(year * 365 * 86_400)))
            store = try await maker.open()
            #expect(try await check("goed", store, at: 1030) != .right, "\(year)")
        }
        #expect(try await check("goed", store, at: 1062) == .right)
        store.close()
    }

    @Test("a restart of the machine counts the time since it, and nothing for the time that it was off")
    func reboot() async throws {
        let store = try await maker.open()
        try await store.passphrases.set(try secret("goed"), for: officer, cost: .least)
        for _ in 0..<3 { _ = try await check("fout", store, at: 90_000) }
        #expect(try await check("goed", store, at: 30, boot: "second") != .right)
        #expect(try await check("goed", store, at: 61, boot: "second") == .right)
        store.close()
    }

    @Test("a try is counted before it is made: power that goes in between gives none back")
    func countedFirst() async throws {
        let store = try await maker.open()
        try await store.passphrases.set(try secret("goed"), for: officer, cost: .least)
        store.close()
        for _ in 0..<3 {
            // The disk stops behind the first commit of a try, before its passphrase is looked at.
            let cut = try await maker.open(
                probe: StorageProbe { step throws(StoreError) in
                    if step.operation == .tryPassphrase, step.moment == .committed { throw .diskFull }
                })
            await #expect(throws: StoreError.diskFull) { try await check("goed", cut, at: 0) }
            cut.close()
        }
        let again = try await maker.open()
        #expect(try await check("goed", again, at: 0) != .right)
        #expect(try await check("goed", again, at: 62) == .right)
        again.close()
    }

    @Test("neither the passphrase nor its hash lies readable on the disk")
    func leaks() async throws {
        let store = try await maker.open()
        let text = "paard batterij nietje 7"
        try await store.passphrases.set(try secret(text), for: officer, cost: .least)
        _ = try await check(text, store, at: 0)
        store.close()
        for (name, bytes) in try maker.folder.files() {
            let content = String(decoding: bytes, as: UTF8.self)
            #expect(!content.contains(text) && !content.contains("argon2id"), "\(name)")
        }
    }

    private func check(
        _ text: String, _ store: Store, at seconds: Int, boot: String = "first"
    ) async throws -> PassphraseAnswer {
        try await store.passphrases.check(
            try secret(text), of: officer, limit: limit, now: uptime(seconds, boot: boot))
    }

    private func uptime(_ seconds: Int, boot: String = "first") -> Uptime {
        Uptime(boot: boot, elapsed: .seconds(seconds))
    }
}

@Suite("The limit of tries")
struct TryLimitTests {
    @Test("the wait doubles from the first one to the longest, however many are wrong")
    func doubling() {
        let limit = TryLimit(freeTries: 5, firstWait: .seconds(60), longestWait: .seconds(3600))
        let waits = (0...14).map { limit.wait(after: $0).components.seconds }
        #expect(waits == [0, 0, 0, 0, 0, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600])
        #expect(limit.wait(after: .max) == .seconds(3600))
    }

    @Test("an uptime that went back, which it never does, gives no time")
    func backwards() {
        let last = Uptime(boot: "a", elapsed: .seconds(500))
        #expect(Uptime(boot: "a", elapsed: .seconds(100)).atLeast(since: last) == .zero)
        #expect(Uptime(boot: "a", elapsed: .seconds(510)).atLeast(since: last) == .seconds(10))
        #expect(Uptime(boot: "b", elapsed: .seconds(100)).atLeast(since: last) == .seconds(100))
    }

    @Test("the kernel's own clock runs forward within one boot")
    func kernel() throws {
        let (first, second) = (try BootClock().now(), try BootClock().now())
        #expect(first.boot == second.boot && first.boot.utf8.count == 36)
        #expect(second.elapsed >= first.elapsed && first.elapsed > .zero)
    }
}

extension Argon2id.Cost {
    /// The least that is let in: tests guess no passphrases.
    static let least = Argon2id.Cost(memoryKiB: 8192, passes: 1)
}

func secret(_ text: String) throws -> SecretBytes {
    let bytes = try SecretBytes()
    for byte in text.utf8 { bytes.append(byte) }
    return bytes
}
