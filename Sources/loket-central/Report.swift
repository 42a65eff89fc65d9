import ArgumentParser
import CentralServer
import FoundationEssentials
import PacketFormat

#if canImport(Glibc)
    import Glibc
#endif

/// What a verb says, as JSON for a program or as lines for a person.
enum Report {
    static func print(_ value: some Encodable, asJSON: Bool, lines: () -> [String]) throws {
        guard asJSON else {
            for line in lines() { Swift.print(line) }
            return
        }
        try printLine(value)
    }

    /// One line of JSON, at once, so that a program that reads along need not wait.
    static func printLine(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        write(Array(try encoder.encode(value)) + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
    }

    static func complain(_ text: String) { write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    /// Writes content to standard output.
    ///
    /// - Throws: `CentralError.unwritable`, so that a full disk is never taken for success.
    static func output(_ bytes: [UInt8]) throws {
        guard write(bytes, to: STDOUT_FILENO) else {
            throw CentralError(
                .unwritable, "standard output: \(String(cString: strerror(errno)))",
                hint: "What was written is not whole: throw it away.")
        }
    }

    /// Whether all of it was written.
    @discardableResult
    static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// Runs a verb and turns what it throws into a sentence and an exit code.
func withExitCodes(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let exit as ExitCode {
        throw exit
    } catch {
        Report.complain("loket-central: \(error)")
        throw ExitCode(ExitStatus(of: error).rawValue)
    }
}

/// The exit codes of every verb, for scripts.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    /// A failure without a code of its own: disk, database, network.
    case failed = 1
    /// Keys are missing, damaged, exposed, or there already.
    case keys = 3
    /// The file is no age file, or its header is malformed.
    case header = 10
    /// The header was changed.
    case headerMAC = 11
    /// The content was changed, cut or added to.
    case payload = 12
    /// The file is not for this identity.
    case noMatch = 13
    /// What was given as an identity or a passphrase is none, or nothing was given.
    case identity = 14
    /// The file is not the one that the manifest names.
    case otherFile = 15
    /// The manifest is not believed.
    case manifest = 16
    /// The ASCII armour around an age file is malformed.
    case armor = 17
    /// A passphrase asks for more memory than this machine has to give.
    case memory = 18
    /// Some of what lies on the stick was not taken, or has no receipt there.
    case notAllTaken = 20
    /// A kit's days or journal are not as they should be.
    case needsLook = 21

    init(of error: any Error) {
        self =
            switch error {
            case let error as AgeError:
                switch error.failure {
                case .header: .header
                case .armor: .armor
                case .headerMAC: .headerMAC
                case .payload: .payload
                case .noMatch: .noMatch
                case .key: .identity
                case .memory: .memory
                }
            case let error as CentralError:
                switch error.code {
                case .keysMissing, .keysExist, .keysDamaged, .keysExposed, .otherMode: .keys
                default: .failed
                }
            case is StatementError: .manifest
            case PacketError.fileSizeDiffers, PacketError.fileDigestDiffers: .otherFile
            case is PacketError: .payload
            default: .failed
            }
    }
}
