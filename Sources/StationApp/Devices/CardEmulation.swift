import DeviceEmulation
package import EnrolmentCore
package import Foundation

/// Puts invented people's cards into pcscd's virtual reader.
package final class CardEmulation: Sendable {
    /// One card.
    package enum Card: Hashable, Sendable {
        /// The card that a person of the training day has, counted from 1.
        case ownOf(person: Int)
        /// A profile by its name, of its own invented person or of one of the training day's.
        case profile(String, person: Int?)
        /// What somebody has dumped of a card; a given answer to reset or GET CARD DATA, in hexadecimal
        /// text, stands in for the folder's.
        case raw(URL, atr: String?, cardData: String?)
    }

    /// Something that happens to one command.
    package enum Fault: Hashable, Sendable {
        case pull, silence
        /// The next card goes in, openly or unnoticed by the reader.
        case exchange, exchangeUnnoticed
        case delay(Duration)
        case answer([UInt8])
        /// Another program sends this first.
        case preceded([UInt8])
    }

    /// Which cards there are, and what happens to them.
    package struct Plan: Sendable {
        /// The first goes in; the others follow when cards are exchanged, and then the first again.
        package var cards: [Card]
        /// By the number of the command, from 1.
        package var faults: [Int: Fault] = [:]
        package var latency = Duration.zero
        /// A folder for the keys of an infrastructure of one's own, one folder an algorithm in it.
        package var authority: URL?
        /// Where certificates say that revocation is asked for.
        package var revocation: (ocsp: String?, crl: String?) = (nil, nil)

        package init(cards: [Card]) { self.cards = cards }
    }

    /// Names for `Card.profile`.
    package static var profiles: [String] { CardProfile.allCases.map(\.rawValue) }

    package static func pem(_ certificate: [UInt8]) -> String { TestCardAuthority.pem(certificate) }

    package static func bytes(hexadecimal text: String) -> [UInt8]? { [UInt8](hexadecimal: text) }

    private let made: [MadeCard]
    private let client: VPCDClient
    private let next: NextCard

    /// Makes all cards.
    ///
    /// - Throws: `input.unknownVisit` when there is no such person, `input.invalidScript` when there is no such
    ///   profile or no card to exchange for, `input.unreadableFile` for a folder that holds no card.
    package init(_ plan: Plan, clock: any WallClock) throws(FailureReport) {
        let workshop = try CardWorkshop(plan, today: LocalTime.day(of: clock.now()))
        var made: [MadeCard] = []
        for card in plan.cards { made.append(try workshop.make(card)) }
        guard !made.isEmpty else { throw FailureReport(.input(.invalidScript), detail: "card", kept: .nothingToKeep) }
        self.made = made
        next = NextCard(made.map(\.card))
        var faults: [Int: EmulatedCardFault] = [:]
        // In their order, so that each exchange gets the card whose turn it is.
        for (number, fault) in plan.faults.sorted(by: { $0.key < $1.key }) {
            faults[number] = fault.emulated(next)
        }
        client = VPCDClient(VPCDClient.Script(latency: plan.latency, faults: faults))
    }

    /// The root above the first card's certificates, DER; nil when it is a card of no infrastructure of ours.
    package var rootCertificate: [UInt8]? { made.first?.root }

    /// Writes the first card's files, raw, by their paths.
    ///
    /// - Throws: `store.unwritable`.
    package func writeFiles(to folder: URL) throws(FailureReport) {
        do throws(EIDCardImage.FolderFailure) {
            try made.first?.image?.write(to: folder)
        } catch {
            throw FailureReport(.input(.unwritableFile), detail: "--files", kept: .nothingToKeep)
        }
    }

    /// Serves until the card is pulled or the reader goes away.
    ///
    /// - Parameter inserted: called whenever a card has gone into the reader.
    /// - Throws: `cardReader.serviceDown` when nothing listens at the address, `cardReader.unplugged` when it goes.
    package func serve(
        host: String, port: Int, inserted: @escaping @Sendable () -> Void
    ) async throws(FailureReport) {
        let failure: VPCDClient.Failure? = await withCheckedContinuation { continuation in
            // It blocks for as long as the card is in the reader.
            let thread = Thread { [client, made] in
                do throws(VPCDClient.Failure) {
                    try client.serve(made[0].card, host: host, port: UInt16(clamping: port), connected: inserted)
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: error)
                }
            }
            thread.name = "vpcd"
            thread.start()
        }
        switch failure {
        case nil: return
        case .unreachable: throw report(.serviceDown, failure)
        case .readerGone, .badFrame: throw report(.unplugged, failure)
        }
    }

    /// Pulls the card and puts the next one in, from any thread.
    package func exchange() {
        client.exchange(for: next.take())
    }

    /// Pulls the card for good, from any thread.
    package func stop() {
        client.stop()
    }

    private func report(_ problem: DeviceError.Problem, _ failure: VPCDClient.Failure?) -> FailureReport {
        FailureReport(.device(.cardReader, problem), detail: failure?.description ?? "", kept: .nothingToKeep)
    }
}
