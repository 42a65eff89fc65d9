import Foundation
import Testing

@Suite(
    "Provisioning by the command line",
    .enabled(if: Program.areBuilt, "loket and loket-central were not built beside these tests"))
struct ProvisionTests {
    @Test("a kit is made although its label cannot be written, which is said beside it")
    func label() async throws {
        let desk = try Desk()
        let central = Program(name: "loket-central")
        for arguments in [
            ["keys", "init", "--dir", "central", "--training"],
            ["keys", "kit", "--dir", "central", "--kit", "OEFENKIT-9", "--out", "kit.json"],
        ] {
            #expect(try await central.run(arguments, in: desk.folder).exitCode == 0)
        }
        // A folder in the place of the file that becomes the label.
        for name in ["home", "home/label.json.part"] {
            try FileManager.default.createDirectory(
                at: desk.folder.appending(path: name), withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
        }
        let loket = Program(name: "loket")
        let kit = ["--home", "home", "--passphrase-file", "passphrase"]
        let ending = try await loket.run(["provision", "--bundle", "kit.json"] + kit, in: desk.folder)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        #expect(ending.output.contains("is klaar") && ending.errors.contains("label.json"), "\(ending)")
        #expect(try await loket.run(["queue", "list"] + kit, in: desk.folder).exitCode == 0)
    }
}
