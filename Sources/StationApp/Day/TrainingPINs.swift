import EnrolmentCore

/// The PINs of the training day's cards: no person has them, so that they may stand here and in the manual.
package enum TrainingPINs {
    /// What the citizen's letter says.
    package static let letter = "1234"
    /// What a played citizen chooses.
    static let chosen = "86420"

    /// Both, in memory that is locked and wiped as any PIN's is.
    static func pins(of id: CaseID) throws(FailureReport) -> ScriptPINs {
        let text: SecretBytes
        do throws(SecretMemoryError) {
            text = try SecretBytes()
        } catch {
            throw FailureReport(.store(.unreadable), detail: "no memory for a PIN", kept: .draft)
        }
        for byte in "\(id) \(letter) \(chosen)\n".utf8 { text.append(byte) }
        return try ScriptPINs(text)
    }
}
