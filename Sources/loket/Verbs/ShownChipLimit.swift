import OfflineCache

/// How the machine's chip limits guesses, as verbs report it.
struct ShownChipLimit: Encodable {
    /// Whether an authority is needed to set the count back or the limit up.
    let isClosed: Bool
    /// Whether this kit holds that authority, and no other owner of the laptop.
    let isOurs: Bool
    let wrongNow: Int
    let most: Int
    let oneForgottenAfterSeconds: Int

    init(_ protection: ChipProtection) {
        isClosed = protection.limit.isClosed
        isOurs = protection.isOurs
        wrongNow = protection.limit.wrong
        most = protection.limit.most
        oneForgottenAfterSeconds = Int(protection.limit.forgetting.components.seconds)
    }

    var text: String {
        let limit =
            "\(most) wrong guesses, one forgotten after \(oneForgottenAfterSeconds) s, \(wrongNow) counted now"
        guard isClosed else {
            return "chip: ANYBODY MAY SET ITS LIMIT BACK (\(limit)): run loket key protect-chip"
        }
        return "chip: limits guesses (\(limit)), by " + (isOurs ? "this kit" : "another owner's authority")
    }
}
