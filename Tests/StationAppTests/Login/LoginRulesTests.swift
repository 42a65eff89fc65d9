import EnrolmentCore
import Foundation
import OfflineCache
import Testing

@testable import StationApp

@Suite("Rules for the login")
struct LoginRulesTests {
    @Test("those of the program are whole: ten minutes, five tries, a hash of 64 MiB in three passes")
    func builtIn() throws {
        let rules = try LoginRules.builtIn()
        #expect(rules.idle == .seconds(600))
        #expect(rules.tries == TryLimit(freeTries: 5, firstWait: .seconds(60), longestWait: .seconds(3600)))
        #expect(rules.cost == Argon2id.Cost(memoryKiB: 65_536, passes: 3))
        #expect(rules.leastCharacters == 14)
    }

    @Test("a kit's own file counts where there is one; one that is wrong stops the start, and is not replaced")
    func ownFile() throws {
        let folder = try TestFolder()
        let kit = KitFolder(folder.url)
        #expect(try LoginRules.station(in: kit) == LoginRules.builtIn())
        let file = folder.url.appending(path: LoginRules.fileName)
        let json = try #require(String(bytes: Self.builtInJSON(), encoding: .utf8))
        try Data(json.replacingOccurrences(of: "\"idleMinutes\": 10", with: "\"idleMinutes\": 3").utf8).write(to: file)
        #expect(try LoginRules.station(in: kit).idle == .seconds(180))
        try Data("{}".utf8).write(to: file)
        let report = #expect(throws: FailureReport.self) { try LoginRules.station(in: kit) }
        #expect(report?.code == .input(.missingConfiguration))
    }

    @Test(
        "a figure out of its bounds is refused by name",
        arguments: [
            ("idleMinutes", 10, 0), ("idleMinutes", 10, 61), ("leastCharacters", 14, 7), ("freeTries", 5, 11),
            ("freeTries", 5, 0), ("firstWaitSeconds", 60, 1), ("longestWaitSeconds", 3600, 59),
            ("memoryKiB", 65_536, 8192), ("memoryKiB", 65_536, Int.max), ("passes", 3, 1),
        ])
    func bounds(member: String, value: Int, wrong: Int) throws {
        let json = String(decoding: try Self.builtInJSON(), as: UTF8.self)
        let changed = json.replacingOccurrences(of: "\"\(member)\": \(value)", with: "\"\(member)\": \(wrong)")
        #expect(changed != json)
        let report = #expect(throws: FailureReport.self) { try LoginRules(json: Array(changed.utf8)) }
        #expect(report?.detail.contains(member) == true)
    }

    private static func builtInJSON() throws -> [UInt8] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: root.appending(path: "offline-cache/reference/login.json")))
    }
}

@Suite("The idle lock")
struct LoginIdleTests {
    private func at(_ seconds: Int, boot: String = "a") -> Uptime { Uptime(boot: boot, elapsed: .seconds(seconds)) }

    @Test("locks when nobody has touched a key for so long, and each key begins it anew")
    func keys() {
        var watch = IdleWatch(limit: .seconds(600), now: at(1000))
        #expect(!watch.isOver(at: at(1599)))
        #expect(watch.isOver(at: at(1600)))
        watch.key(at: at(1599))
        #expect(!watch.isOver(at: at(2198)))
        #expect(watch.timeLeft(at: at(2198)) == .seconds(1))
        #expect(watch.isOver(at: at(2199)))
        #expect(watch.timeLeft(at: at(9999)) == .zero)
    }

    @Test("a clock that went back, or belongs to another start, locks")
    func strangeClocks() {
        let watch = IdleWatch(limit: .seconds(600), now: at(1000))
        #expect(watch.isOver(at: at(999)))
        #expect(watch.isOver(at: at(1001, boot: "b")))
    }
}
