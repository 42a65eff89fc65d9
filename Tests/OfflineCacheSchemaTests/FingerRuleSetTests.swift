import Foundation
import OfflineCacheSchema
import Testing

@Suite("Rules for fingers")
struct FingerRuleSetTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "offline-cache/rules")

    @Test("the program carries every file of the folder, byte for byte")
    func whole() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(files == FingerRuleSet.allCases.map { "\($0.rawValue).json" }.sorted())
        for set in FingerRuleSet.allCases {
            let file = try Data(contentsOf: Self.folder.appending(path: "\(set.rawValue).json"))
            #expect(set.json == [UInt8](file))
        }
    }
}
