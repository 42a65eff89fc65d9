import EnrolmentCore
import EnrolmentFlow
import Testing

@Suite struct FingerPolicyTests {
    let policy = FingerPolicy.belgian

    @Test("for every set of missing fingers two fingers are found wherever two are left")
    func everySetOfMissingFingers() {
        for mask in 0..<1024 {
            let missing = Set(FingerPosition.allCases.filter { mask >> ($0.rawValue - 1) & 1 == 1 })
            var taken: [FingerPosition] = []
            while let next = policy.next(taken: Set(taken), exceptions: missing) {
                #expect(!missing.contains(next) && !taken.contains(next))
                taken.append(next)
            }
            #expect(taken.count == min(2, 10 - missing.count), "missing \(missing.map(\.name).sorted())")
            let hands = Set(FingerPosition.allCases.filter { !missing.contains($0) }.map(\.hand))
            if hands.count == 2 { #expect(Set(taken.map(\.hand)).count == 2) }
        }
    }

    @Test("fingers are required from the twelfth birthday, for cards that hold them")
    func age() {
        let day = CalendarDate(year: 2026, month: 11, day: 21)!
        #expect(policy.requiresFingers(for: .eID, born: PartialDate(year: 2014, month: 11, day: 21), on: day))
        #expect(!policy.requiresFingers(for: .eID, born: PartialDate(year: 2014, month: 11, day: 22), on: day))
        #expect(!policy.requiresFingers(for: .kidsID, born: PartialDate(year: 1980), on: day))
        #expect(policy.requiresFingers(for: .foreigner, born: PartialDate(year: 1980), on: day))
    }
}
