package import EnrolmentCore

/// The first byte of every answer: what became of the command.
package enum MorphoStatus: UInt8, CaseIterable, Sendable {
    case ok = 0x00
    case notImplemented = 0x9D
    /// The sensor that looks for false fingers does not see all of it.
    case fingerBesideSensor = 0xB9
    case locked = 0xBC
    case inconsistentParameters = 0xC1
    case licenceMissing = 0xC3
    case fingerMovedOrWithdrawn = 0xC5
    case notSupported = 0xC7
    case moistFinger = 0xDA
    case falseFinger = 0xDB
    case matcherLicenceMissing = 0xDC
    case authenticationFailed = 0xDD
    case cryptographyFailed = 0xDE
    case badSecurityState = 0xE1
    case certificateMissing = 0xE2
    case noHit = 0xE3
    case sameFinger = 0xE4
    /// A cancel ended it.
    case aborted = 0xE5
    case userNotFound = 0xE6
    /// The module is set up to refuse what was asked, such as giving out pictures.
    case securityMode = 0xE7
    case invalidField = 0xE8
    case fieldNotFound = 0xE9
    case invalidAccess = 0xEA
    case badSignature = 0xF0
    case noSpace = 0xF2
    case invalidFlash = 0xF3
    /// An earlier command has not ended yet.
    case commandInProgress = 0xF4
    case biometryInProgress = 0xF5
    case baseExists = 0xF6
    case baseMissing = 0xF7
    case alreadyEnrolled = 0xF8
    case invalidProtocol = 0xF9
    /// Nothing came on the glass, or nothing good enough, within the command's time.
    case timedOut = 0xFA
    case invalidUserData = 0xFB
    case invalidUserIdentifier = 0xFC
    case invalidMinutiae = 0xFD
    case badParameter = 0xFE
    case error = 0xFF

    /// What it means for a capture.
    package var meaning: MorphoMeaning {
        switch self {
        case .ok: .success
        case .moistFinger: .person(.dryFinger)
        case .falseFinger: .person(.notAFinger)
        case .fingerMovedOrWithdrawn: .person(.liftedTooEarly)
        case .fingerBesideSensor: .person(.pressHarder)
        case .timedOut: .nobody
        case .aborted: .aborted
        case .commandInProgress, .biometryInProgress: .busy
        case .notImplemented, .locked, .inconsistentParameters, .licenceMissing, .notSupported,
            .matcherLicenceMissing, .authenticationFailed, .cryptographyFailed, .badSecurityState, .certificateMissing,
            .noHit, .sameFinger, .userNotFound, .securityMode, .invalidField, .fieldNotFound, .invalidAccess,
            .badSignature, .noSpace, .invalidFlash, .baseExists, .baseMissing, .alreadyEnrolled, .invalidProtocol,
            .invalidUserData, .invalidUserIdentifier, .invalidMinutiae, .badParameter, .error:
            .machine("\(self)")
        }
    }
}

/// How the taking of a picture itself ended, once the command was accepted.
package enum MorphoEnrolmentStatus: UInt8, CaseIterable, Sendable {
    case ok = 0x00
    case hit = 0x01
    case noHit = 0x02
    /// A print that lay on the glass before.
    case latent = 0x03
    case databaseFull = 0x04
    case databaseEmpty = 0x05
    case badQuality = 0x06
    case databaseSound = 0x07
    case activated = 0x08
    case notActivated = 0x09
    case databaseBroken = 0x0A
    case falseFinger = 0x22
    case moistFinger = 0x23

    package var meaning: MorphoMeaning {
        switch self {
        case .ok: .success
        case .latent: .person(.cleanGlass)
        case .badQuality: .poor
        case .falseFinger: .person(.notAFinger)
        case .moistFinger: .person(.dryFinger)
        case .hit, .noHit, .databaseFull, .databaseEmpty, .databaseSound, .activated, .notActivated, .databaseBroken:
            .machine("\(self)")
        }
    }
}

/// What a status asks of whom.
package enum MorphoMeaning: Hashable, Sendable {
    case success
    /// A picture, if there is one, that the module finds poor; we judge for ourselves.
    case poor
    case person(CaptureRetry)
    /// The time ran out; the last hint says why.
    case nobody
    case aborted
    /// The same command can be given again after a cancel.
    case busy
    case machine(String)
}
