import BiometricFormats
import EnrolmentCore
import Foundation

/// A folder with what the transcripts talk about, gone with the test.
final class Desk: Sendable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "loket-desk-\(UUID().uuidString.lowercased())")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        try write("no packet at all\n", to: "letter.txt")
        try write("een goede zin\n", to: "passphrase")
        try write("een foute zin\n", to: "other-passphrase")
        for name in ["passphrase", "other-passphrase"] {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: folder.appending(path: name).path)
        }
        try write(#"{ "officer": "A-1", "visit": { "id": "b-1" }, "answers": {} }"#, to: "broken.json")
        try write(#"{ "officer": "A-1", "visit": { "id": 7"#, to: "cut.json")
        try Data(PGMCodec().encode(Self.finger)).write(to: folder.appending(path: "finger.pgm"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    func read(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: folder.appending(path: name))) }

    /// Rings, as smooth as ridges are.
    static let finger = GrayImage(
        width: 200, height: 220,
        pixels: (0..<220).flatMap { y in
            (0..<200).map { x -> UInt8 in
                let distance = (Double((x - 100) * (x - 100) + (y - 110) * (y - 110))).squareRoot()
                return UInt8(128 + 90 * cos(distance * 2 * .pi / 9))
            }
        }, pixelsPerInch: 500)
}
