package import Foundation

/// A card as raw files in a folder: one file for each of the card's, named by its path without the
/// master file (`2F00`, `DF005031`, `DF014031`), and two in hexadecimal text, `atr` and `carddata`.
///
/// Dumps of other programs are taken as well: names may be in small letters, begin with `3F00`, end in
/// something behind a full stop, or leave out the directory.
extension EIDCardImage {
    package enum FolderFailure: Error, Hashable, Sendable {
        /// There is no such folder, or a file of it cannot be read or written.
        case unreadable
        case noIdentity
        /// Not hexadecimal, or of a length that no card has.
        case badATR, badCardData
    }

    /// - Parameters:
    ///   - atr: in place of the folder's; without either, that of the applet which the files look like.
    ///   - cardData: all 28 bytes or the last twelve, in place of the folder's; without either, as `atr`.
    package init(folder: URL, atr: [UInt8]? = nil, cardData: [UInt8]? = nil) throws(FolderFailure) {
        var files: [EIDFile: [UInt8]] = [:]
        var texts: [String: String] = [:]
        do {
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
                let name = file.lastPathComponent.uppercased()
                if name == "ATR" || name == "CARDDATA" {
                    texts[name] = try String(contentsOf: file, encoding: .utf8)
                } else if let place = EIDFile(dumped: name) {
                    files[place] = [UInt8](try Data(contentsOf: file))
                }
            }
        } catch {
            throw .unreadable
        }
        guard let identity = files[.identity] else { throw .noIdentity }
        let applet = Self.guess(files)
        let answer = if let atr { atr } else { try Self.bytes(texts["ATR"], .badATR) ?? applet.atr }
        guard (2...33).contains(answer.count) else { throw .badATR }
        let given = if let cardData { cardData } else { try Self.bytes(texts["CARDDATA"], .badCardData) }
        let tail = given ?? applet.cardDataTail
        guard tail.count == 28 || tail.count == 12 else { throw .badCardData }
        let whole = tail.count == 28 ? tail : Self.chipNumber(identity) + tail
        self.init(atr: answer, cardData: whole, files: files)
    }

    package func write(to folder: URL) throws(FolderFailure) {
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            for (file, content) in files { try Data(content).write(to: folder.appending(path: file.dumpName)) }
            try Data((Self.text(atr) + "\n").utf8).write(to: folder.appending(path: "atr"))
            try Data((Self.text(cardData) + "\n").utf8).write(to: folder.appending(path: "carddata"))
        } catch {
            throw .unreadable
        }
    }

    /// By what only one generation has: a basic key, or the length of its signatures.
    private static func guess(_ files: [EIDFile: [UInt8]]) -> CardApplet {
        if files[.basicKey] != nil { return .v18 }
        return switch files[.identitySignature]?.count ?? 0 {
        case 128: .v11
        case 256: .v17
        default: .v18
        }
    }

    /// Tag 02; sixteen zero bytes when there is none.
    private static func chipNumber(_ identity: [UInt8]) -> [UInt8] {
        var place = 0
        while place + 2 <= identity.count {
            let end = place + 2 + Int(identity[place + 1])
            if identity[place] == 0x02, end == place + 18, end <= identity.count {
                return [UInt8](identity[place + 2..<end])
            }
            place = end
        }
        return [UInt8](repeating: 0, count: 16)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        bytes.map { EIDFile.hexadecimal(Int($0), digits: 2) }.joined()
    }

    private static func bytes(_ text: String?, _ failure: FolderFailure) throws(FolderFailure) -> [UInt8]? {
        guard let text else { return nil }
        guard let bytes = [UInt8](hexadecimal: text) else { throw failure }
        return bytes
    }
}

extension [UInt8] {
    /// Pairs of hexadecimal digits; spaces, colons and line ends between them do not matter.
    package init?(hexadecimal text: String) {
        let digits = text.filter { !$0.isWhitespace && $0 != ":" }.map(\.hexDigitValue)
        guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8((digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0)) }
    }
}

extension EIDFile {
    /// Its path without the master file.
    package var dumpName: String {
        let own = Self.hexadecimal(Int(identifier), digits: 4)
        return directory == Self.masterFile ? own : Self.hexadecimal(Int(directory), digits: 4) + own
    }

    /// - Parameter name: in capitals.
    init?(dumped name: String) {
        var path = name.prefix { $0 != "." }.filter { $0 != "_" && $0 != "-" }
        if path.hasPrefix("3F00") { path.removeFirst(4) }
        guard let number = UInt32(path, radix: 16) else { return nil }
        let identifier = UInt16(truncatingIfNeeded: number)
        switch (path.utf8.count, identifier) {
        case (8, _): self.init(UInt16(truncatingIfNeeded: number >> 16), identifier)
        case (4, 0x4000...0x40FF): self.init(Self.identityDirectory, identifier)
        case (4, 0x5000...0x50FF): self.init(Self.belpic, identifier)
        case (4, _): self.init(Self.masterFile, identifier)
        default: return nil
        }
    }

    static func hexadecimal(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: Swift.max(0, digits - text.utf8.count)) + text
    }
}
