import EnrolmentCore
import Foundation
import Testing

@testable import StationApp

@Suite("PINs for a scripted delivery")
struct ScriptPINsTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func file(_ text: String, mode: Int = 0o600) throws -> String {
        let url = folder.url.appending(path: "pins")
        try Data(text.utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
        return url.path
    }

    @Test("are given out in memory of their own, as often as they are asked for")
    func copies() throws {
        let pins = try ScriptPINs(readingFrom: file("case-1 1234 98765\ncase-2 4321 0000"))
        let first = try pins.letter(of: CaseID("case-1"))
        #expect(first.withBytes { Array($0) } == Array("1234".utf8))
        first.wipe()
        #expect(try pins.letter(of: CaseID("case-1")).withBytes { Array($0) } == Array("1234".utf8))
        #expect(try pins.chosen(of: CaseID("case-2")).withBytes { Array($0) } == Array("0000".utf8))
        #expect(throws: FailureReport.self) { try pins.letter(of: CaseID("case-3")) }
    }

    @Test("are not read from a file that others may read", arguments: [0o644, 0o640, 0o604, 0o620])
    func mode(mode: Int) throws {
        let path = try file("case-1 1234 98765", mode: mode)
        let failure = #expect(throws: FailureReport.self) { try ScriptPINs(readingFrom: path) }
        #expect(failure?.code == .input(.unreadableFile))
        #expect(failure?.description.contains("1234") == false)
    }

    @Test("are not read by way of a link, from a folder, or from nowhere")
    func place() throws {
        let path = try file("case-1 1234 98765")
        let link = folder.url.appending(path: "link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        for path in [link, folder.url.path, folder.url.appending(path: "none").path] {
            #expect(throws: FailureReport.self) { try ScriptPINs(readingFrom: path) }
        }
    }

    @Test(
        "are refused when the file is written otherwise", arguments: ["case-1 1234", "case-1  1234 1", "a b c d", " "])
    func form(text: String) throws {
        let path = try file(text)
        let failure = #expect(throws: FailureReport.self) { try ScriptPINs(readingFrom: path) }
        #expect(failure?.code == .input(.invalidScript) && failure?.detail == "--pins")
    }
}
