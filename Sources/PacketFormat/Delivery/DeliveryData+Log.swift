import EnrolmentCore

extension DeliveryData.LogLine {
    init(_ entry: DeliveryLogEntry) {
        let (act, details) = Self.words(entry.act)
        self.init(at: entry.at.rfc3339, act: act, details: details.isEmpty ? nil : details)
    }

    private static func words(_ act: DeliveryAct) -> (String, [String: String]) {
        switch act {
        case .cardRead(let verdict): ("cardRead", ["verdict": verdict.rawValue])
        case .cardRefused(let findings): ("cardRefused", ["findings": text(findings)])
        case .cardNotActivated: ("cardNotActivated", [:])
        case .portraitTaken: ("portraitTaken", [:])
        case .personConfirmed(let basis, let findings):
            ("personConfirmed", ["basis": basis.rawValue, "despite": text(findings)])
        case .pinWrong(let left): ("pinWrong", left.map { ["triesLeft": String($0)] } ?? [:])
        case .pinBlocked(let unblocking): ("pinBlocked", ["unblocking": unblocking.rawValue])
        case .pinSettled(let pin): ("pinSettled", words(DeliveryData.PIN(pin)))
        case .pinChangeUnknown: ("pinChangeUnknown", [:])
        case .certificateTried(let key, let verdict):
            ("certificateTried", ["key": key.rawValue, "verdict": verdict.rawValue])
        case .certificateLeft(let key, let reason):
            ("certificateLeft", ["key": key.rawValue, "reason": reason.rawValue])
        case .replacedSettled(let outcome):
            ("replacedSettled", ["outcome": DeliveryData.Replaced(outcome, expected: .nothing).outcome.rawValue])
        case .foundCardRefused: ("foundCardRefused", [:])
        case .receiptGiven(let signer, let isExempt):
            ("receiptGiven", ["signer": text(signer), "outcome": isExempt ? "exempt" : "signed"])
        case .revisited(let part): ("revisited", ["part": part.rawValue])
        case .stopped(let reason): ("stopped", ["reason": reason.rawValue])
        }
    }

    private static func words(_ pin: DeliveryData.PIN) -> [String: String] {
        var words = ["outcome": pin.outcome.rawValue]
        if let reason = pin.reason { words["reason"] = reason.rawValue }
        return words
    }

    private static func text(_ findings: [DeliveryFinding]) -> String {
        findings.map(\.rawValue).joined(separator: ",")
    }

    private static func text(_ signer: DeliverySigner) -> String {
        switch signer {
        case .citizen: "citizen"
        case .representative(let role): role.rawValue
        }
    }
}
