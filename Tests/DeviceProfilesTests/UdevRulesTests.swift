import Foundation
import Testing

@testable import DeviceProfiles

@Suite struct UdevRulesTests {
    private func rules() throws -> String { UdevRules(for: try DeviceProfiles.embedded()).text }

    @Test("The file for packaging is what the program prints, byte for byte")
    func committedFile() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../devices/udev/60-draagbaar-loket.rules")
        #expect(try String(contentsOf: file, encoding: .utf8) == rules())
    }

    @Test("Every line is one that udev understands: known keys, operators that fit them, and labels that exist")
    func syntax() throws {
        // KEY or KEY{attribute}, an operator, a value without quotes in it (udev(7)).
        let assignment = /([A-Z]+(?:\{[A-Za-z_\/]+\})?)(==|=|\+=)"([^"]*)"/
        var labels: Set<Substring> = []
        var targets: Set<Substring> = []
        for line in try rules().split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: ",").map { $0.drop { $0 == " " } }
            #expect(!parts.isEmpty)
            for part in parts {
                let match = try #require(part.wholeMatch(of: assignment), "\(part)")
                let (key, operation, value) = (match.1, match.2, match.3)
                #expect(Self.matches.contains(key) == (operation == "=="), "\(part)")
                if key == "LABEL" { labels.insert(value) }
                if key == "GOTO" { targets.insert(value) }
            }
        }
        #expect(labels == targets && labels.count == 1)
    }

    /// Keys that are compared here; the others are set.
    private static let matches: Set<Substring> = [
        "ACTION", "SUBSYSTEM", "ENV{DEVTYPE}", "ATTR{idVendor}", "ATTR{idProduct}", "ATTRS{idVendor}",
        "ATTRS{idProduct}", "TEST",
    ]

    @Test("A new profile brings its line, in order, and a camera brings none")
    func newProfile() throws {
        func profile(_ id: String, kind: String, match: String) throws -> DeviceProfile {
            let json = """
                {"id":"\(id)","kind":"\(kind)","name":"X","driver":"x","certified":false,"quirks":[],"notes":[],
                 "match":[\(match)],"parameters":{}}
                """
            return try DeviceProfile(json: [UInt8](json.utf8), file: id)
        }
        let text = UdevRules(
            for: try DeviceProfiles([
                profile("b", kind: "scanner", match: #"{"bus":"usb","vendor":"0b00","product":"0001"}"#),
                profile("a", kind: "scanner", match: #"{"bus":"usb","vendor":"00aa","product":"0fff"}"#),
                profile("c", kind: "camera", match: #"{"bus":"usb","vendor":"cccc","product":"0001"}"#),
            ])
        ).text
        let opened = text.split(separator: "\n").filter { $0.contains("uaccess") }
        #expect(opened.count == 2)
        #expect(opened.first?.contains(#"ATTR{idVendor}=="00aa", ATTR{idProduct}=="0fff""#) == true)
        #expect(!text.contains("cccc"))
    }
}
