import OfflineCache

/// No sealing at all: the negative control of the plaintext scan. It exists in this test target only.
struct PlainRecordSealing: RecordSealing {
    func seal(_ content: [UInt8], as name: RecordName) -> [UInt8] { content }
    func open(_ sealed: [UInt8], as name: RecordName) -> [UInt8] { sealed }

    func makeRecordKey(as name: RecordName) -> SealedRecordKey { SealedRecordKey([], as: name) }
    func seal(_ content: [UInt8], as name: RecordName, under key: SealedRecordKey) -> [UInt8] { content }
    func open(_ sealed: [UInt8], as name: RecordName, under key: SealedRecordKey) -> [UInt8] { sealed }
}
