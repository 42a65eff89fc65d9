package import EnrolmentCore
import FoundationEssentials

/// A delivery as the content of a packet.
///
/// OSIA's Enrollment is an application, and its interface for finished cards (CMS) changes a card's state
/// and keeps no evidence, so this is a document of our own. It is built of OSIA's parts wherever those
/// fit, so that whoever reads an application reads the person, the samples and the card files of a
/// delivery in the same way; `deliveryData` holds what OSIA has no part for. The media type in the
/// manifest tells the two apart before anything is opened.
///
/// There are no fingerprints in it: the kit cannot compare them with the card's.
package struct DeliveryContent: PacketContent, Sendable {
    package static let contentType = "application/json; profile=loket-delivery-1"

    private let record: DeliveryRecord
    private let place: PacketPlace

    /// - Throws: `PacketError.deliveryIncomplete` when parts are missing of a delivery that was not stopped.
    package init(_ record: DeliveryRecord, at place: PacketPlace) throws(PacketError) {
        guard record.stopped != nil || record.missing.isEmpty else { throw .deliveryIncomplete(record.missing) }
        self.record = record
        self.place = place
    }

    package var contentType: String { Self.contentType }

    package func write(to sink: ByteSink) throws {
        try JSONStream.text(#"{"contextualData":"#, to: sink)
        try JSONStream.value(DeliveryContext(record, place), to: sink)
        try JSONStream.text(#","deliveryData":"#, to: sink)
        try JSONStream.value(DeliveryData(record), to: sink)
        try JSONStream.text(#","biographicData":"#, to: sink)
        let person = record.newCard.map { OSIABiographicData($0) } ?? OSIABiographicData(record.planned.citizen)
        try JSONStream.value(person, to: sink)
        try JSONStream.text(#","biometricData":["#, to: sink)
        try writeSamples(to: sink)
        try JSONStream.text(#"],"documentData":["#, to: sink)
        try writeCards(to: sink)
        try JSONStream.text("]}", to: sink)
    }

    private func writeSamples(to sink: ByteSink) throws {
        try withoutActuallyEscaping(sink) { sink in
            var samples = JSONStream.Samples(to: sink)
            if let portrait = record.portrait { try samples.write(OSIABiometricData(portrait)) }
            if case .signed(let sample)? = record.receipt?.signature { try samples.write(OSIABiometricData(sample)) }
        }
    }

    private func writeCards(to sink: ByteSink) throws {
        for (index, card) in DeliveryData.documents(of: record).enumerated() {
            if index > 0 { try JSONStream.text(",", to: sink) }
            try JSONStream.card(card, to: sink)
        }
    }
}
