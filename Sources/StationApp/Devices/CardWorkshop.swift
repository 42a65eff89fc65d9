import DeviceEmulation
import EnrolmentCore
import Foundation
import Synchronization

/// A card that is ready to go into a reader.
struct MadeCard: Sendable {
    let card: any EmulatedSmartCard
    /// Nil for cards that are no eID cards.
    let image: EIDCardImage?
    /// DER.
    let root: [UInt8]?
}

/// Makes the cards of a plan.
struct CardWorkshop {
    private let plan: CardEmulation.Plan
    private let people: [TrainingPerson]

    init(_ plan: CardEmulation.Plan, today: CalendarDate) throws(FailureReport) {
        self.plan = plan
        let day = try TrainingDay.builtIn(today: today)
        people = day.visits.flatMap(\.cases).compactMap { day.people[$0.id] }
    }

    func make(_ card: CardEmulation.Card) throws(FailureReport) -> MadeCard {
        switch card {
        case .raw(let folder, let atr, let cardData): return try raw(folder, atr: atr, cardData: cardData)
        case .ownOf(let number):
            let person = try person(number)
            return try making { try own(person) }
        case .profile(let name, let number):
            guard let profile = CardProfile(rawValue: name) else {
                throw FailureReport(.input(.invalidScript), detail: "profile \(name)", kept: .nothingToKeep)
            }
            let person = try number.map { number throws(FailureReport) in try self.person(number) }
            return try making { try make(profile, of: person) }
        }
    }

    private func own(_ person: TrainingPerson) throws -> MadeCard {
        let card = SyntheticCard(
            person.persona, document: person.document, applet: person.applet,
            photo: try person.cardPhoto(on: person.applet),
            serial: person.cardSerial)
        let authority = try infrastructure(person.applet.authority, TestCardAuthority.Shape())
        let image = try card.image(signedBy: authority)
        return MadeCard(card: EmulatedEIDCard(image), image: image, root: authority.rootCertificate)
    }

    private func make(_ profile: CardProfile, of person: TrainingPerson?) throws -> MadeCard {
        let authority = try profile.applet.map { try infrastructure($0.authority, profile.shape) }
        let seed = person ?? people.first
        let photo = try seed.map { try $0.cardPhoto(on: profile.applet ?? .v18) } ?? []
        let persona = person?.persona ?? profile.persona
        guard let image = try profile.image(of: persona, photo: photo, signedBy: authority) else {
            return MadeCard(card: try profile.card(of: persona, photo: photo), image: nil, root: nil)
        }
        return MadeCard(
            card: EmulatedEIDCard(image, behaviour: profile.behaviour), image: image, root: authority?.rootCertificate)
    }

    private func raw(_ folder: URL, atr: String?, cardData: String?) throws(FailureReport) -> MadeCard {
        let failure: EIDCardImage.FolderFailure
        do throws(EIDCardImage.FolderFailure) {
            let image = try EIDCardImage(
                folder: folder, atr: try Self.bytes(atr, .badATR), cardData: try Self.bytes(cardData, .badCardData))
            return MadeCard(card: EmulatedEIDCard(image), image: image, root: nil)
        } catch {
            failure = error
        }
        throw FailureReport(.input(.unreadableFile), detail: "raw card: \(failure)", kept: .nothingToKeep)
    }

    private static func bytes(
        _ text: String?, _ failure: EIDCardImage.FolderFailure
    ) throws(EIDCardImage.FolderFailure) -> [UInt8]? {
        guard let text else { return nil }
        guard let bytes = [UInt8](hexadecimal: text) else { throw failure }
        return bytes
    }

    private func infrastructure(
        _ algorithm: TestCardAuthority.Algorithm, _ shape: TestCardAuthority.Shape
    ) throws -> TestCardAuthority {
        var shape = shape
        if let ocsp = plan.revocation.ocsp { shape.revocation?.ocsp = ocsp }
        if let crl = plan.revocation.crl { shape.revocation?.crl = crl }
        guard let folder = plan.authority else { return try TestCardAuthority(algorithm, shape: shape) }
        return try TestCardAuthority(algorithm, folder: folder.appending(path: algorithm.rawValue), shape: shape)
    }

    private func person(_ number: Int) throws(FailureReport) -> TrainingPerson {
        guard people.indices.contains(number - 1) else {
            throw FailureReport(.input(.unknownVisit), detail: "person \(number)", kept: .nothingToKeep)
        }
        return people[number - 1]
    }

    private func making(_ body: () throws -> MadeCard) throws(FailureReport) -> MadeCard {
        do {
            return try body()
        } catch {
            throw FailureReport(.input(.invalidScript), detail: "card", kept: .nothingToKeep)
        }
    }
}

/// Hands out cards in turn, beginning behind the first, which is in the reader already.
final class NextCard: Sendable {
    private let cards: [any EmulatedSmartCard]
    private let turn = Mutex(0)

    /// - Parameter cards: at least one.
    init(_ cards: [any EmulatedSmartCard]) { self.cards = cards }

    func take() -> any EmulatedSmartCard {
        turn.withLock { turn in
            turn = (turn + 1) % cards.count
            return cards[turn]
        }
    }
}

extension CardEmulation.Fault {
    func emulated(_ next: NextCard) -> EmulatedCardFault {
        switch self {
        case .pull: .pull
        case .silence: .silence
        case .exchange: .exchange(next.take())
        case .exchangeUnnoticed: .exchangeUnnoticed(next.take())
        case .delay(let duration): .delay(duration)
        case .answer(let bytes): .answer(bytes)
        case .preceded(let command): .preceded([command])
        }
    }
}
