package import EnrolmentCore
import FoundationEssentials

/// A complete enrolment as the content of a packet: OSIA's JSON, written piece by piece.
///
/// Beside the record itself it never holds more than one sample in its encoded forms (a finger takes
/// 18 KiB twice, a portrait is not copied) plus 112 KiB for the next piece of base64: samples are
/// encoded one after the other and written in pieces of 48 KiB, never gathered into one document.
package struct EnrolmentContent: PacketContent, Sendable {
    package static let contentType = "application/json; profile=osia-enrollment-1.3.0"

    private let record: EnrolmentRecord
    private let place: PacketPlace
    /// Nil when there is none; the record then says why.
    private let card: CardReading?
    private let choices: EnrolmentChoices
    private let fingers: FingerOutcome
    private let signature: SignatureOutcome

    /// - Throws: `PacketError.incomplete`.
    package init(_ record: EnrolmentRecord, at place: PacketPlace) throws(PacketError) {
        guard record.missing.isEmpty, let choices = record.choices,
            let fingers = record.fingerOutcome, let signature = record.signature
        else { throw .incomplete(record.missing) }
        self.record = record
        self.place = place
        card = record.card
        self.choices = choices
        self.fingers = fingers
        self.signature = signature
    }

    package var contentType: String { Self.contentType }

    package func write(to sink: ByteSink) throws {
        let type = record.planned.applyingFor == .eID || record.planned.applyingFor == .kidsID ? "citizen" : "resident"
        try JSONStream.text(#"{"enrollmentType":"\#(type)","requestData":"#, to: sink)
        try JSONStream.value(
            OSIARequestData(
                cardKind: record.planned.applyingFor, procedure: choices.procedure, certificates: choices.certificates,
                cardLanguage: choices.cardLanguage), to: sink)
        try JSONStream.text(#","contextualData":"#, to: sink)
        try JSONStream.value(OSIAContextualData(record, place, card, fingers, signature), to: sink)
        try JSONStream.text(#","biographicData":"#, to: sink)
        let person = card.map { OSIABiographicData($0) } ?? OSIABiographicData(record.planned.citizen)
        try JSONStream.value(person, to: sink)
        try JSONStream.text(#","biometricData":["#, to: sink)
        try writeSamples(to: sink)
        try JSONStream.text(#"],"documentData":["#, to: sink)
        if let card { try JSONStream.card(card, to: sink) }
        try JSONStream.text("]}", to: sink)
    }

    private func writeSamples(to sink: ByteSink) throws {
        try withoutActuallyEscaping(sink) { sink in
            var samples = JSONStream.Samples(to: sink)
            if let portrait = record.portrait { try samples.write(OSIABiometricData(portrait)) }
            for finger in record.fingers { try samples.write(OSIABiometricData(finger)) }
            for (position, exception) in record.fingerExceptions.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                try samples.write(OSIABiometricData(position, exception))
            }
            if case .signed(let sample) = signature { try samples.write(OSIABiometricData(sample)) }
        }
    }
}
