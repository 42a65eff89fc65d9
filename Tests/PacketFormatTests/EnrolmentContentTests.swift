import BiometricFormats
import EnrolmentCore
import Foundation
import Testing

@testable import PacketFormat

@Suite("The content of a packet")
struct EnrolmentContentTests {
    private func content(_ record: EnrolmentRecord) throws -> [UInt8] {
        var content: [UInt8] = []
        try EnrolmentContent(record, at: RecordFixtures.place()).write { content += $0 }
        return content
    }

    @Test("is read back with every sample, exception and choice")
    func roundTrip() throws {
        let record = try RecordFixtures.complete()
        let read = try OSIAEnrollment(content: content(record))
        #expect(read.enrollmentType == "citizen")
        #expect(read.requestData.procedure == .urgent)
        #expect(read.requestData.certificates == .waived)
        #expect(read.contextualData.packetID == RecordFixtures.place().id)
        #expect(read.contextualData.sealedAt == "2026-11-21T12:00:00.000Z")
        #expect(read.contextualData.present == record.planned.present)
        #expect(read.contextualData.fingers.outcome == .taken)
        #expect(read.biographicData.dateOfBirth == "1970-03")
        #expect(read.biographicData.firstName == "An Zoë")
        #expect(read.biographicData.gender == "F")
        let samples = read.biometricData
        #expect(samples.map(\.biometricType) == [.face] + Array(repeating: .finger, count: 7) + [.signature])
        #expect(samples[0].image?.bytes == record.portrait?.jpeg)
        #expect(samples[1].biometricSubType == "RIGHT_INDEX")
        #expect(samples[1].quality == 71)
        #expect(samples[1].metadata == "attempt=1")
        #expect(samples[2].biometricSubType == "LEFT_MIDDLE")
        #expect(samples[2].quality == nil && samples[2].qualityFormat == nil)
    }

    @Test("holds each finger as WSQ, and once more in an ISO 19794-4 record")
    func fingers() throws {
        let record = try RecordFixtures.complete()
        let sample = try OSIAEnrollment(content: content(record)).biometricData[1]
        let wsq = try #require(sample.image?.bytes)
        let decoded = try WSQDecoder().decode(wsq)
        #expect((decoded.width, decoded.height) == (256, 320))
        let view = try FingerImageRecord(try #require(sample.template?.bytes)).views
        #expect(view.count == 1)
        #expect(view.first?.imageData == wsq)
        #expect(view.first?.position == .rightIndex)
        #expect(sample.resolution == 500 && sample.compression == .wsq && sample.impressionType == .liveScanPlain)
    }

    @Test("holds the signature as PNG and as an ISO 19794-7 time series")
    func signature() throws {
        let sample = try #require(try OSIAEnrollment(content: content(RecordFixtures.complete())).biometricData.last)
        let picture = try PNGCodec().decodeGray(try #require(sample.image?.bytes))
        #expect(picture.width == sample.width && picture.height == sample.height)
        #expect(picture.pixels.contains { $0 < 64 })
        let series = try SignatureTimeSeriesRecord(try #require(sample.template?.bytes))
        #expect(series.strokes.count == 2)
    }

    @Test("names fingers without a print as missing, one that was only unreadable without a reason of OSIA's")
    func exceptions() throws {
        let samples = try OSIAEnrollment(content: content(RecordFixtures.complete())).biometricData
        let missing = samples.compactMap(\.missing).flatMap { $0 }
        #expect(
            missing == [
                .init(biometricSubType: "RIGHT_LITTLE", presence: .damaged),
                .init(biometricSubType: "LEFT_THUMB", presence: .amputated),
                .init(biometricSubType: "LEFT_INDEX", presence: nil),
                .init(biometricSubType: "LEFT_RING", presence: .bandaged),
                .init(biometricSubType: "LEFT_LITTLE", presence: .damaged),
            ])
        #expect(samples.filter { $0.missing != nil }.allSatisfy { $0.image == nil })
        #expect(samples.compactMap(\.comment) == ["unusable", "unreadable"])
    }

    @Test("tells of every finger what was tried, why it was not kept, and what the officer decided")
    func log() throws {
        let fingers = try OSIAEnrollment(content: content(RecordFixtures.complete())).contextualData.fingers
        #expect(fingers.qualityMeasure == "NFIQ2-like")
        let trials = try #require(fingers.trials)
        #expect(trials.map(\.biometricSubType) == ["RIGHT_INDEX", "LEFT_INDEX", "LEFT_MIDDLE"])
        #expect(trials.map(\.outcome) == [.sufficient, .replaced, .accepted])
        #expect(trials.map(\.kept) == [1, nil, 1])
        #expect(trials[1].replacedBy == "LEFT_MIDDLE")
        #expect(trials[1].attempts.map(\.rejection) == [.likeOtherFinger, .officer])
        #expect(trials[1].attempts.map(\.objection) == [nil, .smeared])
        #expect(
            trials[1].attempts[0].comparisons
                == [.init(biometricSubType: "RIGHT_INDEX", attempt: 1, similarity: 55)])
        #expect(trials[2].acceptance == .obviousCondition && trials[2].threshold == 20)
        #expect(trials[2].attempts[0].qualityParts == [.ridgeClarity: 0.5])
    }

    @Test("limits the card to 12 months when fingers are impossible for now, and only then")
    func fingerOutcomes() throws {
        var record = try RecordFixtures.exempt()
        func outcome() throws -> OSIAContextualData.Fingers {
            try OSIAEnrollment(content: content(record)).contextualData.fingers
        }
        #expect(
            try outcome()
                == .init(outcome: .temporarilyImpossible, attestIssuedOn: "2026-11-13", cardValidityInMonths: 12))
        record.fingerOutcome = .permanentlyImpossible
        #expect(try outcome() == .init(outcome: .permanentlyImpossible))
        record.fingerOutcome = .notRequired
        #expect(try outcome() == .init(outcome: .notRequired))
    }

    @Test("holds the files of the card byte for byte, each under its name")
    func card() throws {
        let record = try RecordFixtures.complete()
        let documents = try OSIAEnrollment(content: content(record)).documentData
        let parts = try #require(documents.first).parts
        let files = Dictionary(
            uniqueKeysWithValues: try parts.map { (try #require(OSIADocumentData.file(ofPart: $0)), $0.data?.bytes) })
        #expect(files == record.card?.files.mapValues { Optional($0) })
    }

    @Test("is written in pieces of at most 64 KiB, even of a large photo")
    func pieces() throws {
        var largest = 0
        try EnrolmentContent(RecordFixtures.complete(), at: RecordFixtures.place()).write {
            largest = max(largest, $0.count)
        }
        #expect(largest == 64 << 10)
    }

    @Test("is refused for an enrolment that lacks something")
    func incomplete() throws {
        #expect(throws: PacketError.incomplete(EnrolmentPart.allCases)) {
            try EnrolmentContent(RecordFixtures.empty(), at: RecordFixtures.place())
        }
        var record = try RecordFixtures.complete()
        record.signature = nil
        #expect(throws: PacketError.incomplete([.signature])) {
            try EnrolmentContent(record, at: RecordFixtures.place())
        }
    }

    @Test("that is not ours is refused without a word of what it holds")
    func foreign() {
        for text in ["", "{}", "[]", "null", #"{"enrollmentType":"citizen"}"#] {
            #expect(throws: PacketError.unreadableContent) { try OSIAEnrollment(content: Array(text.utf8)) }
        }
    }

    @Test(
        "is valid against OSIA's own schema",
        .enabled("needs the OSIA witness, and Python with PyYAML and jsonschema") {
            Witness.file("osia/enrollment.yaml") != nil
                && Witness.canRun("python3", Witness.script("packet-osia.py"), "--can")
        })
    func schema() throws {
        let directory = try TemporaryDirectory()
        try directory.write(content(RecordFixtures.complete()), as: "complete.json")
        try directory.write(content(RecordFixtures.exempt()), as: "exempt.json")
        let schema = try #require(Witness.file("osia/enrollment.yaml")).path
        let documents = ["complete.json", "exempt.json"].map { directory.url.appending(component: $0).path }
        let outcome = try Witness.run(["python3", Witness.script("packet-osia.py"), schema] + documents)
        #expect(outcome.status == 0, "\(outcome.output)")
        // The judge can say no: the same document with a member that OSIA does not have.
        let text = String(decoding: try content(RecordFixtures.exempt()), as: UTF8.self)
        try directory.write(Array(#"{"nobody":1,"#.utf8) + Array(text.utf8.dropFirst()), as: "wrong.json")
        let refusal = try Witness.run(
            [
                "python3", Witness.script("packet-osia.py"), schema,
                directory.url.appending(component: "wrong.json").path,
            ])
        #expect(refusal.status == 1)
    }
}
