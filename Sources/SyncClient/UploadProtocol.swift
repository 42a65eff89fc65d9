package import EnrolmentCore
package import OfflineCache
import SyncProtocol

/// One packet's way to central: tus 1.0.0 with creation and checksum, then the receipt.
///
/// It has no clock and does no I/O: events in, effects out. Whatever it does can be repeated, since
/// central knows each packet by its id and digest. After any doubt it asks central for the offset.
package struct UploadProtocol: Sendable {
    /// Failures in a row, without a byte of progress, that one attempt bears.
    package static let patience = 5
    /// Times that one attempt begins from the first byte again.
    package static let newBeginnings = 2

    let packet: QueuedPacket
    let origin: String
    let chunkSize: Int

    private(set) var state = State.ready
    /// Whether it went on from bytes that central held already, instead of from the first.
    private(set) var hasResumed = false
    private var path: String?
    private var failures = 0
    private var beginnings = 0

    enum State: Hashable, Sendable {
        case ready, announcing, askingOffset, fetchingReceipt, takingReceipt, verifyingFile, waiting, ended
        case appending(from: Int, count: Int)
    }

    package enum Event: Hashable, Sendable {
        case start
        case answered(SyncAnswer)
        case failed(ExchangeFailure)
        case waited
        /// The file is what its manifest says; or it is not.
        case fileVerified
        case fileDamaged(PacketProblem)
        case receiptStored
        /// The receipt does not hold, or is not for this packet, or breaks the chain.
        case receiptRejected
    }

    package enum Effect: Hashable, Sendable {
        case send(SyncRequest)
        /// Send these bytes of the file to the upload at `path`.
        case append(path: String, from: Int, count: Int)
        case noteAnnouncement(path: String)
        case noteOffset(Int)
        case forgetUpload
        case verifyFile
        case takeReceipt(String)
        /// Wait as long as befits this many failures in a row.
        case wait(failures: Int)
        case end(UploadEnd)
    }

    /// - Parameters:
    ///   - origin: Central's address without a path.
    ///   - chunkSize: Bytes of one PATCH; what a cut can cost.
    package init(_ packet: QueuedPacket, origin: String, chunkSize: Int) {
        self.packet = packet
        self.origin = origin
        self.chunkSize = max(1, chunkSize)
        path = packet.uploadURL
    }

    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.ready, .start), (.waiting, .waited): askOrAnnounce()
        case (.announcing, .answered(let answer)): announced(answer)
        case (.askingOffset, .answered(let answer)): toldOffset(answer)
        case (.appending(let offset, let count), .answered(let answer)): appended(answer, from: offset, count: count)
        case (.fetchingReceipt, .answered(let answer)): fetched(answer)
        case (.announcing, .failed(let failure)), (.askingOffset, .failed(let failure)),
            (.appending, .failed(let failure)), (.fetchingReceipt, .failed(let failure)),
            (.waiting, .failed(let failure)):
            failed(failure)
        case (.takingReceipt, .receiptStored): end(.received)
        case (.takingReceipt, .receiptRejected): end(.failed(.central(.receiptForged)))
        case (.verifyingFile, .fileVerified): beginAgain()
        case (.verifyingFile, .fileDamaged(let problem)), (.appending, .fileDamaged(let problem)):
            end(.conflict(problem, .store(.packetDamaged)))
        default: []
        }
    }
}

/// How one packet's attempt ended.
package enum UploadEnd: Hashable, Sendable {
    case received
    /// Later; the others may fare better.
    case failed(FailureCode)
    /// No other will fare better.
    case stop(FailureCode)
    /// A person must look: central will not have it.
    case refused(PacketProblem, FailureCode)
    /// A person must look: two sides disagree.
    case conflict(PacketProblem, FailureCode)
    case cancelled
}

// Requests
extension UploadProtocol {
    /// The PATCH for a piece of the file.
    package static func append(_ bytes: [UInt8], at offset: Int, to path: String) -> SyncRequest {
        SyncRequest(
            .patch, path,
            headers: [
                SyncHeader.contentType: SyncMediaType.offsetStream, SyncHeader.uploadOffset: String(offset),
                SyncHeader.uploadChecksum: UploadChecksum(of: bytes).header,
            ], body: bytes)
    }

    private mutating func askOrAnnounce() -> [Effect] {
        guard let path else {
            state = .announcing
            let headers = [
                SyncHeader.uploadLength: String(packet.fileSize),
                SyncHeader.uploadMetadata: UploadMetadata(signedManifest: packet.manifest).header,
            ]
            return [.send(SyncRequest(.post, SyncRoute.packets.path, headers: headers))]
        }
        state = .askingOffset
        return [.send(SyncRequest(.head, path))]
    }

    private mutating func goOn(from offset: Int) -> [Effect] {
        guard let path, offset <= packet.fileSize else { return end(.conflict(.differsAtCentral, .central(.conflict))) }
        if offset == packet.fileSize {
            state = .fetchingReceipt
            return [.send(SyncRequest(.get, SyncRoute.receipt(packet.id).path))]
        }
        let count = min(chunkSize, packet.fileSize - offset)
        state = .appending(from: offset, count: count)
        return [.append(path: path, from: offset, count: count)]
    }
}

// Answers
extension UploadProtocol {
    private mutating func announced(_ answer: SyncAnswer) -> [Effect] {
        guard case .done = AnswerReading(answer, expecting: [201]) else { return notDone(answer, expecting: [201]) }
        guard let location = answer[header: SyncHeader.location],
            let path = UploadLocation.path(location, origin: origin)
        else { return end(.stop(.central(.unexpectedAnswer))) }
        self.path = path
        // tus begins at 0; our central also tells what it holds of an earlier announcement.
        let offset = answer[header: SyncHeader.uploadOffset].flatMap(ByteCount.parse) ?? 0
        let noted: [Effect] = (1...max(1, packet.fileSize)).contains(offset) ? [.noteOffset(offset)] : []
        if !noted.isEmpty { hasResumed = true }
        return [.noteAnnouncement(path: path)] + noted + goOn(from: offset)
    }

    private mutating func toldOffset(_ answer: SyncAnswer) -> [Effect] {
        guard case .done = AnswerReading(answer, expecting: [200, 204]) else {
            return notDone(answer, expecting: [200, 204])
        }
        guard let offset = answer[header: SyncHeader.uploadOffset].flatMap(ByteCount.parse) else {
            return end(.stop(.central(.unexpectedAnswer)))
        }
        if let length = answer[header: SyncHeader.uploadLength], ByteCount.parse(length) != packet.fileSize {
            return end(.conflict(.differsAtCentral, .central(.conflict)))
        }
        guard offset <= packet.fileSize else { return goOn(from: offset) }
        if offset > 0 { hasResumed = true }
        return [.noteOffset(offset)] + goOn(from: offset)
    }

    private mutating func appended(_ answer: SyncAnswer, from offset: Int, count: Int) -> [Effect] {
        guard case .done = AnswerReading(answer, expecting: [204]) else { return notDone(answer, expecting: [204]) }
        let told = answer[header: SyncHeader.uploadOffset].flatMap(ByteCount.parse)
        guard let told, told > offset, told <= offset + count else {
            return askAgain(orEnd: .central(.unexpectedAnswer))
        }
        failures = 0
        return [.noteOffset(told)] + goOn(from: told)
    }

    private mutating func fetched(_ answer: SyncAnswer) -> [Effect] {
        guard case .done = AnswerReading(answer, expecting: [200]) else { return notDone(answer, expecting: [200]) }
        state = .takingReceipt
        return [.takeReceipt(String(decoding: answer.body, as: UTF8.self))]
    }

    private mutating func notDone(_ answer: SyncAnswer, expecting expected: Set<Int>) -> [Effect] {
        switch AnswerReading(answer, expecting: expected) {
        case .done: []
        case .notCentral: end(.stop(.central(.unexpectedAnswer)))
        case .unavailable: failed(.interrupted)
        case .refused(let code): refused(code)
        }
    }

    private mutating func refused(_ code: RefusalCode) -> [Effect] {
        switch code.remedy {
        case .announceAgain:
            guard code == .digestMismatch else { return beginAgain() }
            state = .verifyingFile
            return [.verifyFile]
        case .askOffset, .resume:
            // In answer to an announcement there is no upload to ask about.
            return askAgain(orEnd: .central(.unexpectedAnswer))
        case .tryLater: return waitOrEnd(.failed(.central(.refused)))
        case .stopAll: return end(.stop(Self.stopCode(code)))
        case .setAside:
            return end(Self.settlement(of: code))
        }
    }

    /// Into which lane a packet goes that central will not have.
    private static func settlement(of code: RefusalCode) -> UploadEnd {
        switch code {
        case .conflict: .conflict(.differsAtCentral, .central(.conflict))
        case .chainForked: .conflict(.chainForked, .central(.chainForked))
        case .caseKnown: .refused(.caseKnown, .central(.caseKnown))
        default: .refused(.refusedByCentral, .central(.refused))
        }
    }

    private static func stopCode(_ code: RefusalCode) -> FailureCode {
        switch code {
        case .unknownKit: .central(.kitRefused)
        case .trainingRefused, .trainingOnly: .central(.trainingRefused)
        default: .central(.unexpectedAnswer)
        }
    }
}

// Failures
extension UploadProtocol {
    private mutating func failed(_ failure: ExchangeFailure) -> [Effect] {
        switch failure {
        case .cancelled: end(.cancelled)
        case .wrongCertificate: end(.stop(.central(.wrongCertificate)))
        case .notHTTP: end(.stop(.central(.unexpectedAnswer)))
        case .unreachable: waitOrEnd(.stop(.central(.unreachable)))
        case .interrupted: waitOrEnd(.failed(.central(.unreachable)))
        }
    }

    /// The first doubt is answered at once, further ones after a wait.
    private mutating func askAgain(orEnd code: FailureCode) -> [Effect] {
        guard failures == 0, path != nil else { return waitOrEnd(.failed(code)) }
        failures = 1
        return askOrAnnounce()
    }

    private mutating func waitOrEnd(_ last: UploadEnd) -> [Effect] {
        failures += 1
        guard failures <= Self.patience else { return end(last) }
        state = .waiting
        return [.wait(failures: failures)]
    }

    private mutating func beginAgain() -> [Effect] {
        beginnings += 1
        guard beginnings <= Self.newBeginnings else { return end(.failed(.central(.unexpectedAnswer))) }
        let forgotten: [Effect] = path == nil ? [] : [.forgetUpload]
        path = nil
        return forgotten + askOrAnnounce()
    }

    private mutating func end(_ end: UploadEnd) -> [Effect] {
        state = .ended
        return [.end(end)]
    }
}
