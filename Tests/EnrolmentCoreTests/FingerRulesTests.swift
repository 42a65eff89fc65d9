import EnrolmentCore
import Foundation
import Testing

@Suite struct FingerRulesTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "offline-cache/rules")

    static func text(_ name: String = "belgian") throws -> String {
        try String(contentsOf: folder.appending(path: "\(name).json"), encoding: .utf8)
    }

    static func object() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text().utf8)) as? [String: Any])
    }

    static func rules(_ object: Any) throws -> FingerRules {
        try FingerRules(json: [UInt8](JSONSerialization.data(withJSONObject: object)))
    }

    @Test("the rules that ship are those of the Royal Decree and of BSI TR-03121")
    func shipped() throws {
        let belgian = try FingerRules(json: Array(Self.text().utf8))
        #expect(belgian.order == [.index, .middle, .ring, .little, .thumb])
        #expect((belgian.minimumAge, belgian.temporaryValidityMonths, belgian.attestYoungerThanMonths) == (12, 12, 1))
        let german = try FingerRules(json: Array(Self.text("german").utf8))
        #expect(german.order == [.index, .thumb, .middle, .ring])
        #expect(german.minimumAge == 6)
        for rules in [belgian, german] {
            #expect(rules.firstHand == .right)
            #expect((rules.printsWanted, rules.attempts) == (2, 3))
            #expect(rules.quality == [.thumb: 30, .index: 30, .middle: 20, .ring: 10, .little: 10])
        }
    }

    @Test("every member must be there, and is named when it is not")
    func absent() throws {
        for member in try Self.object().keys {
            var object = try Self.object()
            object[member] = nil
            #expect(throws: FingerRulesError.absent(member)) { try Self.rules(object) }
        }
        for digit in FingerPosition.Digit.allCases {
            var object = try Self.object()
            var quality = try #require(object["quality"] as? [String: Int])
            quality[digit.rawValue] = nil
            object["quality"] = quality
            #expect(throws: FingerRulesError.absent("quality.\(digit.rawValue)")) { try Self.rules(object) }
        }
    }

    @Test("a member that is no rule is refused, so that a misspelt one is not silently without effect")
    func unknown() throws {
        var object = try Self.object()
        object["samefinger"] = 40
        #expect(throws: FingerRulesError.unknown("samefinger")) { try Self.rules(object) }
        var other = try Self.object()
        other["quality"] = ["thumb": 30, "index": 30, "middle": 20, "ring": 10, "little": 10, "pinky": 1]
        #expect(throws: FingerRulesError.unknown("quality.pinky")) { try Self.rules(other) }
    }

    @Test("a number outside its range, or no number, is refused by name")
    func outOfRange() throws {
        for member in try Self.object().filter({ $0.value is NSNumber }).keys {
            for wrong: Any in [-1, 1_000_000, "30", NSNull(), [1]] {
                var object = try Self.object()
                object[member] = wrong
                #expect(throws: FingerRulesError.wrong(member)) { try Self.rules(object) }
            }
        }
        // A threshold of nothing is none.
        for member in ["triggerScore", "sameFinger", "comparableScore", "residueLimit", "attempts", "printsWanted"] {
            var object = try Self.object()
            object[member] = 0
            #expect(throws: FingerRulesError.wrong(member)) { try Self.rules(object) }
        }
        var object = try Self.object()
        object["quality"] = ["thumb": 30, "index": 0, "middle": 20, "ring": 10, "little": 10]
        #expect(throws: FingerRulesError.wrong("quality.index")) { try Self.rules(object) }
    }

    @Test("an order names each finger once and at least one")
    func order() throws {
        for wrong: Any in [[] as [String], ["index", "index"], ["index", "toe"], "index"] {
            var object = try Self.object()
            object["order"] = wrong
            #expect(throws: FingerRulesError.wrong("order")) { try Self.rules(object) }
        }
    }

    @Test("what is no JSON object is refused", arguments: ["", "[]", "null", "12", "{", "{\"name\":"])
    func noObject(text: String) {
        #expect(throws: FingerRulesError.unreadable) { try FingerRules(json: Array(text.utf8)) }
    }
}
