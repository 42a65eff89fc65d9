/// A failure as a person meets it: a stable code for the manual and for scripts, a cause for the
/// technician, and what is still safe. The words come from the catalogue, by the code.
package struct FailureReport: Error, Hashable, Sendable, CustomStringConvertible {
    package let code: FailureCode
    /// For a technician; holds no personal datum.
    package let detail: String
    package let kept: Kept

    /// What is safe in spite of the failure.
    package enum Kept: String, CaseIterable, Sendable, Codable {
        /// Nothing had been taken yet.
        case nothingToKeep
        /// All earlier captures of this case are in its encrypted draft.
        case draft
        /// The sealed packet is in the queue.
        case packet
        /// Part of the data folder is gone; the rest was not touched.
        case rest
    }

    package init(_ code: FailureCode, detail: String = "", kept: Kept) {
        self.code = code
        self.detail = detail
        self.kept = kept
    }

    package init(_ error: DeviceError, kept: Kept) {
        self.init(FailureCode(error.device, error.problem), detail: error.detail, kept: kept)
    }

    package var description: String { detail.isEmpty ? code.text : "\(code.text): \(detail)" }
}

/// A stable name for a kind of failure, for example `scanner.unplugged` or `store.diskFull`.
package enum FailureCode: Hashable, Sendable {
    case device(DeviceKind, DeviceError.Problem)
    case store(Store)
    case central(Central)
    case input(Input)
    /// The stick on which packets travel where there is no network.
    case stick(Stick)
    /// Nothing is broken: a person did not do what was asked, and nobody was there to try again.
    case person(CaptureRetry)
    case login(Login)

    /// Why somebody is not let in.
    package enum Login: String, CaseIterable, Sendable {
        /// A verb was asked for that needs an officer who has logged in.
        case needed
        /// The holder of the card is not on the kit's list.
        case notOnRoster
        /// The list has run out, or is not there.
        case rosterExpired
        /// The card's certificate cannot be proven, has run out or was revoked.
        case cardNotProven
        case wrongPIN, pinBlocked
        /// The list does not let this officer use one, or none was set.
        case passphraseNotAllowed
        case wrongPassphrase
        /// After too many wrong ones; it is said until when.
        case tooManyTries
    }

    package enum Store: String, CaseIterable, Sendable {
        case diskFull, unreadable, unwritable, wrongPassphrase, unsafeSetting, newerSchema, packetDamaged, inUse
        /// The machine gives no more memory.
        case memoryShort
        /// The machine's own safe (TPM) does not answer, or is another one.
        case machineChanged
        /// After too many wrong passphrases the machine's safe makes everybody wait.
        case tooManyTries
        /// The card is none of those that open this kit, by the machine's own safe.
        case cardRefused
        /// The machine's own safe cannot check what such a card signs.
        case cardUnknownToChip
        /// The data folder is an older copy of itself.
        case rolledBack
        /// A row is not as the kit wrote it.
        case rowChanged
        /// The keys were destroyed on purpose.
        case erased
        /// The file of the store's key is not beside the store, or is damaged.
        case keyMissing
        /// The kit has a key already.
        case keyExists
        /// What lies in the folder was made by another kit, or with another key.
        case otherStore
        /// What was to be changed has changed in between.
        case changed
        /// Packets have not arrived at central yet, and what was asked for would leave them behind.
        case packetsWaiting
        /// Part of the data folder is gone beside the rest of it: the database, or the kit's own keys.
        case storeMissing, kitMissing
    }

    package enum Central: String, CaseIterable, Sendable {
        case unreachable, wrongCertificate, kitRefused, trainingRefused, receiptForged, conflict, refused,
            unexpectedAnswer
        /// Central holds another packet under this number of this kit: a copy of the kit is at work, or this is one.
        case chainForked
        /// Central has this case from this kit already.
        case caseKnown
    }

    package enum Input: String, CaseIterable, Sendable {
        case unreadableFile, invalidScript, unknownVisit, missingConfiguration
        /// What lies on the scanner's glass is no ruler or grid that it can be measured with.
        case unfitTarget
        /// A day was to be closed that has not begun.
        case dayToCome
        /// Nothing has the name or number that was asked for.
        case notFound
        /// A question was not answered with yes; nothing was done.
        case notConfirmed
        /// What was asked for does not fit the state of this kit.
        case notPossible
        /// No passphrase or PIN was given.
        case noSecret
        /// A file that was named cannot be written.
        case unwritableFile
    }

    package enum Stick: String, CaseIterable, Sendable {
        /// None is there, or nothing of this kit is on it.
        case absent
        case full
        /// It was pulled out, or answers no more.
        case gone
        case readOnly
        /// A file does not read back as it was written.
        case damaged
        /// Its file system takes no file of this size.
        case fileTooLarge
        /// Something else.
        case failing
    }

    package init(_ device: DeviceKind, _ problem: DeviceError.Problem) { self = .device(device, problem) }

    package var text: String {
        switch self {
        case .device(let device, let problem): "\(device.rawValue).\(problem.rawValue)"
        case .store(let store): "store.\(store.rawValue)"
        case .central(let central): "central.\(central.rawValue)"
        case .input(let input): "input.\(input.rawValue)"
        case .stick(let stick): "stick.\(stick.rawValue)"
        case .person(let retry): "person.\(retry.rawValue)"
        case .login(let login): "login.\(login.rawValue)"
        }
    }

    package static var all: [FailureCode] {
        DeviceKind.allCases.flatMap { device in DeviceError.Problem.allCases.map { .device(device, $0) } }
            + Store.allCases.map { .store($0) } + Central.allCases.map { .central($0) }
            + Input.allCases.map { .input($0) } + CaptureRetry.allCases.map { .person($0) }
            + Login.allCases.map { .login($0) } + Stick.allCases.map { .stick($0) }
    }
}
