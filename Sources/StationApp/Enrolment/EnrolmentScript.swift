package import EnrolmentCore
package import Foundation

/// The answers of an officer for one visit, as a JSON file: for `enrol --script`, tests and the demo.
package struct EnrolmentScript: Hashable, Sendable, Codable {
    package var officer: OfficerID
    package var visit: Visit
    /// One for each case that is to be enrolled, by the case's identifier.
    package var answers: [String: Answers]

    /// What the officer decides in one enrolment.
    package struct Answers: Hashable, Sendable, Codable {
        /// Why there is no card to read; absent when there is one.
        package var withoutCard: CardAbsence?
        /// Fingers that give no print, by name (`right-index`).
        package var exceptions: [String: FingerException]?
        /// Why no finger is taken at all.
        package var fingersImpossible: Impossibility?
        /// What becomes of a finger that no attempt makes good enough; absent, its best print is kept.
        package var insufficientFinger: InsufficientFinger?
        package var signatureExemption: SignatureExemption?
        package var choices: EnrolmentChoices

        package init(
            withoutCard: CardAbsence? = nil, exceptions: [String: FingerException]? = nil,
            fingersImpossible: Impossibility? = nil, insufficientFinger: InsufficientFinger? = nil,
            signatureExemption: SignatureExemption? = nil, choices: EnrolmentChoices
        ) {
            self.withoutCard = withoutCard
            self.exceptions = exceptions
            self.fingersImpossible = fingersImpossible
            self.insufficientFinger = insufficientFinger
            self.signatureExemption = signatureExemption
            self.choices = choices
        }
    }

    package enum InsufficientFinger: String, CaseIterable, Sendable, Codable {
        /// The officer keeps its best print, without an obvious reason.
        case keep
        /// Another finger of the hand is tried.
        case tryAnother
    }

    package struct Impossibility: Hashable, Sendable, Codable {
        /// The date of the attest, when there is one.
        package var attestIssuedOn: CalendarDate?
        /// Absent it is temporary when there is an attest, and else for good.
        package var temporary: Bool?

        var isTemporary: Bool { temporary ?? (attestIssuedOn != nil) }

        package init(attestIssuedOn: CalendarDate?, temporary: Bool? = nil) {
            self.attestIssuedOn = attestIssuedOn
            self.temporary = temporary
        }
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
            self = try JSONDecoder().decode(EnrolmentScript.self, from: data)
        } catch let error as DecodingError {
            throw FailureReport(.input(.invalidScript), detail: error.place, kept: .nothingToKeep)
        } catch {
            throw FailureReport(.input(.invalidScript), kept: .nothingToKeep)
        }
        for name in answers.values.flatMap({ ($0.exceptions ?? [:]).keys }) where FingerPosition(name: name) == nil {
            throw FailureReport(.input(.invalidScript), detail: "exceptions", kept: .nothingToKeep)
        }
    }
}

extension DecodingError {
    /// Where in a document it failed, without what stood there: that may be personal.
    package var place: String {
        let context =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): context
            case .keyNotFound(let key, let context):
                Context(codingPath: context.codingPath + [key], debugDescription: "")
            @unknown default: Context(codingPath: [], debugDescription: "")
            }
        return context.codingPath.map(\.stringValue).joined(separator: ".")
    }
}
