import EnrolmentCore
import Foundation
import Testing

@testable import PacketFormat

@Suite("The content of a delivery's packet")
struct DeliveryContentTests {
    private func content(_ record: DeliveryRecord) throws -> [UInt8] {
        var content: [UInt8] = []
        try DeliveryContent(record, at: RecordFixtures.place()).write { content += $0 }
        return content
    }

    @Test("holds every part of the delivery, and the card's files byte for byte")
    func whole() throws {
        let record = try DeliveryRecordFixtures.complete()
        let document = try DeliveryDocument(content: content(record))
        let data = document.deliveryData
        #expect(data.outcome == .delivered && data.stopReason == nil)
        #expect(data.expectedCardNumber == "591000000042")
        #expect(data.card?.activation == .activated)
        #expect(data.card?.proof?.verdict == .revocationNotChecked)
        #expect(data.card?.proof?.findings.map(\.outcome) == [.right, .notChecked])
        #expect(data.card?.challenge == "0102" && data.card?.response == "0304")
        #expect(data.identity?.fingerprints == .notPossible)
        #expect(data.identity?.findings == [.waitedTooLong, .cardNumberDoubtful])
        #expect(data.pin == DeliveryData.PIN(.changed(onPinpad: false)))
        #expect(data.certificates.map(\.outcome) == [.tried, .tried])
        #expect(data.certificates.map(\.reason) == [nil, .notWorking])
        #expect(data.replaced?.number == "590000000124" && data.replaced?.expectedNumber == "590000000123")
        #expect(data.replaced?.deviation == .plannedInError)
        #expect(data.receipt?.representative == .administrator)
        #expect(data.log.count == record.log.count)
        #expect(document.contextualData.officerProof == .card)
        #expect(document.biographicData.nationalNumber == record.planned.citizen.nationalNumber.digits)
        #expect(document.biometricData.map(\.biometricType) == [.face, .signature])
        let files = try #require(record.newCard?.files)
        let parts = try #require(document.documentData.first?.parts)
        #expect(parts.count == files.count)
        for part in parts {
            let file = try #require(OSIADocumentData.file(ofPart: part))
            #expect(part.data?.bytes == files[file])
        }
    }

    @Test("names itself by another media type than an application")
    func mediaType() throws {
        let delivery = try DeliveryContent(DeliveryRecordFixtures.complete(), at: RecordFixtures.place())
        #expect(delivery.contentType == "application/json; profile=loket-delivery-1")
        #expect(delivery.contentType != EnrolmentContent.contentType)
        #expect(throws: PacketError.unreadableContent) {
            try OSIAEnrollment(content: content(DeliveryRecordFixtures.complete()))
        }
    }

    @Test("is sealed only when the delivery is whole, or was stopped")
    func incomplete() throws {
        var record = try DeliveryRecordFixtures.complete()
        record.receipt = nil
        record.pin = nil
        #expect(throws: PacketError.deliveryIncomplete([.pin, .receipt])) {
            try DeliveryContent(record, at: RecordFixtures.place())
        }
        record.stopped = .citizenUnwell
        let data = try DeliveryDocument(content: content(record)).deliveryData
        #expect(data.outcome == .stopped && data.stopReason == .citizenUnwell && data.receipt == nil)
    }

    @Test("of a delivery that a forged card has ended holds that card, and of another person's only its numbers")
    func forged() throws {
        let document = try DeliveryDocument(content: content(DeliveryRecordFixtures.forged()))
        #expect(document.deliveryData.card == nil)
        #expect(document.deliveryData.refusedCards.map(\.document) == [nil, 0])
        #expect(document.documentData.count == 1)
        #expect(document.biographicData.lastName == "Voorbeeld")
        #expect(document.biometricData.isEmpty)
    }

    @Test("says in the log what was done, in words of this document")
    func log() throws {
        let log = try DeliveryDocument(content: content(DeliveryRecordFixtures.complete())).deliveryData.log
        #expect(log[1].act == "cardRead" && log[1].details == ["verdict": "revocationNotChecked"])
        #expect(log[5].details == ["triesLeft": "2"] && log[6].details == nil)
        #expect(log.map(\.at) == log.map(\.at).sorted())
    }

    @Test("lets central verify what the card signed")
    func trial() throws {
        let record = try DeliveryRecordFixtures.complete()
        guard case .tried(let trial)? = record.certificates[.authentication] else {
            Issue.record("no trial")
            return
        }
        let told = try DeliveryDocument(content: content(record)).deliveryData.certificates[0]
        #expect(told.statement == trial.statement)
        // By coreutils' sha384sum.
        let digest = "169e776cc30da80086143bf8e45d14cc98804392719cb20966cc5d3503995e9513a8048815a24688c90e01399991e9be"
        guard case .sha384(let bytes) = TrialStatement(trial).digest else {
            Issue.record("another hash")
            return
        }
        #expect(hexadecimal(bytes) == digest)
        #expect(told.hash == .sha384 && told.signature?.bytes == trial.signature.bytes)
        #expect(TrialStatement(by: .signature, of: CaseID("c"), applet: 0x17, at: RecordFixtures.noon).hash == .sha256)
    }

    @Test("is sealed under a manifest that says what kind it is, and opened by central's key")
    func sealed() throws {
        let folder = try TemporaryDirectory()
        let identity = try AgeFixtures.identity(.hybrid)
        let key = KitSigningKey()
        let sealer = try PacketSealer(directory: folder.url, recipient: identity.recipient, key: key)
        let record = try DeliveryRecordFixtures.complete(isTraining: true)
        let place = RecordFixtures.place()
        let packet = try sealer.seal(DeliveryContent(record, at: place), of: record.kit, at: place)
        #expect(packet.manifest.manifest.contentType == DeliveryContent.contentType)
        #expect(packet.manifest.manifest.isTraining)
        let opener = PacketOpener(
            verifier: ManifestVerifier(keys: [record.kit.id: [key.verifyingKey]]), identities: [identity])
        let opened = try opener.contents(of: packet.file, manifest: packet.manifest.compact, atMost: 1 << 24)
        #expect(try DeliveryDocument(content: opened.content).contextualData.packetID == place.id)
    }
}
