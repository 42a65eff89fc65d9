import EnrolmentCore
import Foundation

@testable import TrustedPlatform

extension TrustedPlatform {
    /// The same as the program does in two steps.
    func keep(
        _ secret: SecretBytes, openedBy keys: [CardKey], bound measurements: [Int]
    ) throws -> MachineCardSlot {
        try keep(secret, forCards: keys.map { try branch(of: $0) }, bound: measurements)
    }
}

/// A card's key in software, made and used by the `openssl` command.
struct SoftwareCard {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    enum Kind: CaseIterable { case rsa2048, p384 }

    struct Failure: Error { let what: String }

    let kind: Kind
    let key: CardKey
    private let file: String

    /// - Parameter folder: where its key file may lie, which the test removes.
    init(_ kind: Kind, in folder: URL) throws {
        self.kind = kind
        file = folder.appendingPathComponent("card-" + UUID().uuidString).path
        switch kind {
        case .rsa2048:
            _ = try Self.openssl(["genrsa", "-out", file, "2048"])
            // "Modulus=" and 512 digits.
            let text = try Self.openssl(["rsa", "-in", file, "-noout", "-modulus"])
            key = .rsa2048(modulus: try Self.octets(text.dropFirst(8).prefix(512)))
        case .p384:
            _ = try Self.openssl(["ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", file])
            // A SubjectPublicKeyInfo ends in the point: 04, x, y.
            let point = try Self.openssl(["ec", "-in", file, "-pubout", "-outform", "DER"]).suffix(96)
            key = .p384(x: Array(point.prefix(48)), y: Array(point.suffix(48)))
        }
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] {
        switch kind {
        case .rsa2048: return try Self.openssl(["dgst", "-sha256", "-sign", file], input: message)
        case .p384: return try Self.numbers(of: Self.openssl(["dgst", "-sha384", "-sign", file], input: message))
        }
    }

    /// Two DER integers in a sequence as two numbers of 48 bytes.
    private static func numbers(of signature: [UInt8]) throws -> [UInt8] {
        var rest = signature.dropFirst(2)
        var numbers: [UInt8] = []
        for _ in 0..<2 {
            guard rest.first == 2, let length = rest.dropFirst().first else { throw Failure(what: "no integer") }
            let number = rest.dropFirst(2).prefix(Int(length)).drop { $0 == 0 }
            guard number.count <= 48 else { throw Failure(what: "integer too long") }
            numbers += [UInt8](repeating: 0, count: 48 - number.count) + number
            rest = rest.dropFirst(2 + Int(length))
        }
        return numbers
    }

    private static func octets(_ digits: ArraySlice<UInt8>) throws -> [UInt8] {
        let values = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard values.count == 512 else { throw Failure(what: "no modulus") }
        return stride(from: 0, to: 512, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }

    private static func openssl(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        let (given, told) = (Pipe(), Pipe())
        process.standardInput = given
        process.standardOutput = told
        process.standardError = FileHandle.nullDevice
        try process.run()
        try given.fileHandleForWriting.write(contentsOf: Data(input))
        try given.fileHandleForWriting.close()
        let output = [UInt8](told.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(what: "openssl \(arguments[0])") }
        return output
    }
}
