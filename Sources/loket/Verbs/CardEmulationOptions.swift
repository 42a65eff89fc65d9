import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp

/// Which card `loket emulate --vpcd` serves, and what happens to it.
struct CardEmulationOptions: ParsableArguments {
    @Option(help: "Which kind of card; 'list' prints the names. The person's own card unless told otherwise.")
    var profile: String?
    @Option(help: "A card that goes in when cards are exchanged; give it again for more.") var swap: [String] = []
    @Option(help: "Serve the raw files of this folder: 2F00, DF005031, DF014031 and so on, with atr and carddata.")
    var raw: String?
    @Option(help: "With --raw: the answer to reset, in hexadecimal.") var atr: String?
    @Option(help: "With --raw: what GET CARD DATA gives, all 28 bytes or the last twelve, in hexadecimal.")
    var cardData: String?
    @Option(help: "Milliseconds that every command takes at least.") var delay = 0
    @Option(
        help: """
            N:WHAT happens at the Nth command; give it again for more. WHAT is pull, silence, exchange, \
            exchange-unnoticed, delay=MS, answer=HEX or other=HEX, a command that another program sends first.
            """)
    var fault: [String] = []
    @Option(help: "Keep the test authority's keys in this folder; made when there are none.") var authority: String?
    @Option(help: "Where certificates say that OCSP is.") var ocsp: String?
    @Option(help: "Where certificates say that the list of revocations is.") var crl: String?
    @Option(help: "Write the test root's certificate to this file: PEM when it is called .pem, else DER.")
    var rootOut: String?
    @Option(help: "Write the card's raw files into this folder.") var files: String?

    var isList: Bool { profile == "list" }

    func plan(person: Int?) throws -> CardEmulation.Plan {
        guard profile == nil || raw == nil else { throw ValidationError("give one of --profile and --raw") }
        guard delay >= 0 else { throw ValidationError("--delay takes milliseconds") }
        let first: CardEmulation.Card =
            if let raw {
                .raw(URL(filePath: raw), atr: atr, cardData: cardData)
            } else if let profile {
                .profile(profile, person: person)
            } else {
                .ownOf(person: person ?? 1)
            }
        var plan = CardEmulation.Plan(cards: [first] + swap.map { .profile($0, person: nil) })
        for name in [profile].compactMap(\.self) + swap where !CardEmulation.profiles.contains(name) {
            throw ValidationError("no profile is called \(name); --profile list prints them")
        }
        plan.latency = .milliseconds(delay)
        plan.authority = authority.map { URL(filePath: $0) }
        plan.revocation = (ocsp, crl)
        for text in fault {
            let (number, fault) = try Self.fault(text)
            plan.faults[number] = fault
        }
        return plan
    }

    func write(_ emulation: CardEmulation) throws {
        if let files { try emulation.writeFiles(to: URL(filePath: files)) }
        guard let rootOut else { return }
        guard let root = emulation.rootCertificate else { throw ValidationError("such a card has no root of ours") }
        let isText = rootOut.hasSuffix(".pem")
        do {
            try (isText ? Data(CardEmulation.pem(root).utf8) : Data(root)).write(to: URL(filePath: rootOut))
        } catch {
            throw FailureReport(.input(.unwritableFile), detail: "--root-out", kept: .nothingToKeep)
        }
    }

    private static func fault(_ text: String) throws -> (Int, CardEmulation.Fault) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let number = Int(parts[0]), number > 0 else { throw refusal(text) }
        let words = parts[1].split(separator: "=", maxSplits: 1).map(String.init)
        switch (words[0], words.count) {
        case ("pull", 1): return (number, .pull)
        case ("silence", 1): return (number, .silence)
        case ("exchange", 1): return (number, .exchange)
        case ("exchange-unnoticed", 1): return (number, .exchangeUnnoticed)
        case ("delay", 2):
            guard let duration = Int(words[1]), duration >= 0 else { throw refusal(text) }
            return (number, .delay(.milliseconds(duration)))
        case ("answer", 2): return (number, .answer(try bytes(words[1], text)))
        case ("other", 2): return (number, .preceded(try bytes(words[1], text)))
        default: throw refusal(text)
        }
    }

    private static func bytes(_ digits: String, _ text: String) throws -> [UInt8] {
        guard let bytes = CardEmulation.bytes(hexadecimal: digits), !bytes.isEmpty else { throw refusal(text) }
        return bytes
    }

    private static func refusal(_ text: String) -> ValidationError {
        ValidationError("--fault takes N:WHAT, not \(text)")
    }
}
