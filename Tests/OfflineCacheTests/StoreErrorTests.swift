import EnrolmentCore
import GRDB
import StationTestSupport
import Testing

@testable import OfflineCache

@Suite("An error of the store, as a person meets it")
struct StoreErrorTests {
    private static let packet: PacketID = {
        var generator = SeededGenerator(seed: 1)
        return PacketID(at: Timestamp(milliseconds: 1_795_294_026_120), using: &generator)
    }()

    @Test(
        "comes under the code whose words are true of it",
        arguments: [
            (.keyMissing, "store.keyMissing"), (.keyDamaged, "store.keyMissing"), (.keyExists, "store.keyExists"),
            (.otherKit(found: KitID("OTHER")), "store.otherStore"), (.otherKey, "store.otherStore"),
            (.otherMode(foundTraining: true), "store.otherStore"),
            (.draftChanged(CaseID("c"), held: 2), "store.changed"),
            (.outOfTurn(expected: 3), "store.changed"), (.notPossible(.retry, .purged), "store.changed"),
            (.unknownPacket(packet), "input.notFound"), (.unknownDraft(CaseID("c")), "input.notFound"),
            (.unknownVisit(VisitID("v")), "input.unknownVisit"),
            (.unsafeSetting(name: "synchronous", found: "1"), "store.unsafeSetting"),
            (.unwritable("a file"), "store.unwritable"), (.unreadable("a file"), "store.unreadable"),
        ] as [(StoreError, String)])
    func code(error: StoreError, text: String) {
        #expect(error.code.text == text)
    }

    @Test("is a full disk where SQLite cannot make the index of its log larger, and no broken one")
    func fullDisk() {
        #expect(StoreError(DatabaseError(resultCode: .SQLITE_IOERR_SHMSIZE)) == .diskFull)
        #expect(StoreError(DatabaseError(resultCode: .SQLITE_IOERR_FSYNC)).code == .store(.unwritable))
    }

    @Test("never says of an erased kit that drafts are kept")
    func erased() {
        #expect(StoreError.erased.report(kept: .draft).kept == .rest)
        #expect(StoreError.inUse.report(kept: .draft).kept == .draft)
    }
}
