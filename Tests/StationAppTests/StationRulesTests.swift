import EnrolmentCore
import Foundation
import OfflineCacheSchema
import Testing

@testable import StationApp

@Suite("A station's rules for fingers")
struct StationRulesTests {
    @Test("are the Belgian ones, unless others are asked for by name")
    func names() throws {
        let folder = try TestFolder()
        let kit = KitFolder(folder.url)
        #expect(try FingerRules.station(in: kit, wish: nil).name == "belgian")
        #expect(try FingerRules.station(in: kit, wish: "").name == "belgian")
        #expect(try FingerRules.station(in: kit, wish: "german").order == [.index, .thumb, .middle, .ring])
    }

    @Test("are the kit's own where its folder has some, and what is asked for comes before them")
    func own() throws {
        let folder = try TestFolder()
        let kit = KitFolder(folder.url)
        try Data(FingerRuleSet.german.json).write(to: folder.url.appending(path: "rules.json"))
        #expect(try FingerRules.station(in: kit, wish: nil).name == "german")
        #expect(try FingerRules.station(in: kit, wish: "belgian").name == "belgian")
        let other = folder.url.appending(path: "other.json")
        try Data(FingerRuleSet.belgian.json).write(to: other)
        #expect(try FingerRules.station(in: kit, wish: other.path).name == "belgian")
    }

    @Test("that are wrong are named, and no others are used in their place")
    func wrong() throws {
        let folder = try TestFolder()
        let kit = KitFolder(folder.url)
        let text = String(decoding: FingerRuleSet.belgian.json, as: UTF8.self)
        let wrong = text.replacing("\"sameFinger\": 40", with: "\"sameFinger\": 0")
        #expect(wrong != text)
        for (json, detail) in [
            (wrong, "rules.json: finger rules: sameFinger is out of its range"),
            ("{}", "rules.json: finger rules: name is absent"), ("", "rules.json: finger rules: not a JSON object"),
        ] {
            try Data(json.utf8).write(to: folder.url.appending(path: "rules.json"))
            let failure = #expect(throws: FailureReport.self) { try FingerRules.station(in: kit, wish: nil) }
            #expect(failure?.code == .input(.missingConfiguration))
            #expect(failure?.detail == detail)
        }
        let absent = #expect(throws: FailureReport.self) { try FingerRules.station(in: kit, wish: "dutch") }
        #expect(absent?.code == .input(.unreadableFile))
    }
}
