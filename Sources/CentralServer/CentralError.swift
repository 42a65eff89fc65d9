/// What keeps central from starting or from doing what its operator asked: a stable code, what
/// happened, and what to do next. It holds no personal datum and no key.
package struct CentralError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, CaseIterable, Sendable {
        /// The folder holds no keys.
        case keysMissing
        /// The folder holds keys already.
        case keysExist
        /// A key file cannot be read as what it should be.
        case keysDamaged
        /// Others than the owner may read a private key.
        case keysExposed
        /// The folder's keys are for training and the request is not, or the reverse.
        case otherMode
        case invalidKit
        case kitExists
        case invalidOfficer
        /// The kit has no roster to publish again.
        case noRoster
        case invalidValidity
        /// No JSON object with a version.
        case invalidList
        case listTooLarge
        /// Its version was published already.
        case olderList
        /// Not an address that central could ask about revocations.
        case invalidResponder
        /// No refused packet waits for a clerk's word.
        case nothingToAccept
        /// It must be said which.
        case severalToAccept
        /// Another import of this central runs.
        case importRunning
        case invalidName
        case unknownDatabase
        /// Written by a newer version of this program.
        case newerDatabase
        case databaseFailure
        case addressInUse
        case cannotListen
        case unwritable
        case unreadable
    }

    package let code: Code
    package let detail: String
    package let hint: String

    package init(_ code: Code, _ detail: String, hint: String) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    package var description: String { "central.\(code.rawValue): \(detail). \(hint)" }
}
