import EnrolmentCore

/// The keys: the directory they are in, the key and its algorithm, the PIN, the signature.
///
/// The PIN comes as late as can be: for the signature key nothing may come between it and the signature.
extension HolderSession {
    /// The directory of keys and certificates.
    static let directory: UInt16 = 0xDF00

    mutating func work() -> [Effect] {
        switch task {
        case .state: fail(.violation(step))
        case .changePIN: givePIN()
        case .logOff: ask(.logOff, .logOff)
        case .sign(let digest, let key):
            // Older applets find their keys from anywhere, and newer ones from here.
            (card?.appletVersion ?? 0) >= 0x17
                ? ask(.select(path: [0x3F00, Self.directory]), .directory) : choose(digest, key)
        }
    }

    mutating func directorySelected(_ status: StatusWord) -> [Effect] {
        guard case .sign(let digest, let key) = task else { return fail(.violation(step)) }
        if status == .success { return choose(digest, key) }
        if status.tellsOfActivation { return finish(.outcome(.notActivated)) }
        // Some cards take no path in one piece; after the application the master file is selected.
        return step == .directory ? ask(.selectApplication, .application) : fail(.refused(step, status))
    }

    private mutating func choose(_ digest: CardDigest, _ key: CardHolderKey) -> [Effect] {
        guard let request = CardSigningRequest(digest, with: key, applet: card?.appletVersion ?? 0) else {
            return fail(.badDigest)
        }
        return ask(.prepareSignature(algorithm: request.algorithm, key: request.key), .key)
    }

    mutating func keyChosen(_ status: StatusWord) -> [Effect] {
        if status == .success { return givePIN() }
        if status.tellsOfActivation { return finish(.outcome(.notActivated)) }
        return status.tellsOfMissingKey ? finish(.outcome(.noKey)) : fail(.refused(step, status))
    }

    mutating func sign(_ digest: CardDigest, _ key: CardHolderKey) -> [Effect] {
        guard let request = CardSigningRequest(digest, with: key, applet: card?.appletVersion ?? 0) else {
            return fail(.badDigest)
        }
        return ask(.sign(request.input), .signature)
    }

    mutating func signed(_ signature: [UInt8], _ status: StatusWord) -> [Effect] {
        guard status == .success else {
            if status.tellsOfActivation { return finish(.outcome(.notActivated)) }
            return status.tellsOfMissingKey ? finish(.outcome(.noKey)) : fail(.refused(step, status))
        }
        let applet = card?.appletVersion ?? 0
        guard CardSigningRequest.isSignature(signature, of: applet) else { return fail(.violation(step)) }
        return finish(
            .outcome(.done(.signature(CardSignature(bytes: signature, isEllipticCurve: applet >= 0x18)))))
    }
}
