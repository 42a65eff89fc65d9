package import EnrolmentCore
package import Foundation

/// The answers of an officer for one visit in which cards are handed over, as a JSON file: for `deliver
/// --script` and tests. PINs are no part of it.
package struct DeliveryScript: Hashable, Sendable, Codable {
    package var officer: OfficerID
    package var visit: Visit
    /// One for each case whose card is to be handed over, by the case's identifier.
    package var answers: [String: Answers]

    /// What the officer, and the citizen, decide in one delivery.
    package struct Answers: Hashable, Sendable, Codable {
        /// How the officer makes sure who it is; by the face when absent.
        package var basis: IdentityBasis?
        /// What the officer accepts about the card.
        package var accepts: [DeliveryFinding]?
        /// Whether a picture of the living face is taken.
        package var takesPortrait: Bool?
        /// What becomes of the PIN; it is changed when absent.
        package var pin: PINAnswer?
        /// Why no PIN is given: then nothing is done with it.
        package var withoutPIN: PINAbsence?
        /// Certificates that are not tried, by their key.
        package var leftCertificates: [String: CertificateAbsence]?
        /// The number of the old card that is handed in.
        package var oldCard: CardNumber?
        /// The number of the attest that is handed in.
        package var annex12: String?
        /// Why its number is not the expected one.
        package var deviation: NumberDeviation?
        /// Why nothing is handed in.
        package var nothingToTakeIn: DocumentAbsence?
        /// Who signs for the citizen, when someone else does.
        package var representative: PresentPerson.Role?
        package var signatureExemption: SignatureExemption?
        /// Why the delivery is given up when the card is not the expected one, or does not work; absent, it
        /// is put off.
        package var stop: DeliveryStopReason?

        package init() {}
    }

    package enum PINAnswer: String, CaseIterable, Sendable, Codable {
        case change, keep
        /// As `change`, on the reader's own keys.
        case changeOnPinpad
        case keepOnPinpad

        var isOnPinpad: Bool { self == .changeOnPinpad || self == .keepOnPinpad }
        var isChanged: Bool { self == .change || self == .changeOnPinpad }
    }

    package init(officer: OfficerID, visit: Visit, answers: [String: Answers]) {
        self.officer = officer
        self.visit = visit
        self.answers = answers
    }

    /// - Throws: `FailureReport` of `input.unreadableFile` or `input.invalidScript`, naming the place in
    ///   the file and none of its content.
    package init(contentsOf file: URL) throws(FailureReport) {
        let data = Data(try InputFile.bytes(of: file.path, atMost: .script, called: file.lastPathComponent))
        do {
            self = try JSONDecoder().decode(DeliveryScript.self, from: data)
        } catch let error as DecodingError {
            throw FailureReport(.input(.invalidScript), detail: error.place, kept: .nothingToKeep)
        } catch {
            throw FailureReport(.input(.invalidScript), kept: .nothingToKeep)
        }
        for name in answers.values.flatMap({ ($0.leftCertificates ?? [:]).keys })
        where CardHolderKey(rawValue: name) == nil {
            throw FailureReport(.input(.invalidScript), detail: "leftCertificates", kept: .nothingToKeep)
        }
    }
}
