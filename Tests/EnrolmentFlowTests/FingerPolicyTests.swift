import EnrolmentCore
import Testing

@testable import EnrolmentFlow

@Suite struct FingerPolicyTests {
    static let orders = [EnrolmentFixtures.belgian, EnrolmentFixtures.german]

    @Test("Case 31: for every set of missing fingers two fingers are found wherever two are left", arguments: orders)
    func everySetOfMissingFingers(rules: FingerRules) {
        let policy = FingerPolicy(rules)
        for mask in 0..<1024 {
            let missing = Set(FingerPosition.allCases.filter { mask >> ($0.rawValue - 1) & 1 == 1 })
            var taken: [FingerPosition] = []
            while case .take(let next) = policy.next(taken: Set(taken), exceptions: missing) {
                #expect(!missing.contains(next) && !taken.contains(next) && rules.order.contains(next.digit))
                taken.append(next)
            }
            let left = FingerPosition.allCases.filter { !missing.contains($0) && rules.order.contains($0.digit) }
            #expect(taken.count == min(2, left.count), "missing \(missing.map(\.name).sorted())")
            if Set(left.map(\.hand)).count == 2 { #expect(Set(taken.map(\.hand)).count == 2) }
            #expect(policy.next(taken: Set(taken), exceptions: missing) == .enough)
        }
    }

    @Test("Case 31: a substitute comes in the order of the rules, and Germany never takes a little finger")
    func substitutes() {
        func order(_ rules: FingerRules) -> [FingerPosition.Digit] {
            var missing: Set<FingerPosition> = []
            var asked: [FingerPosition.Digit] = []
            while case .take(let next) = FingerPolicy(rules).next(taken: [], exceptions: missing), next.hand == .right {
                asked.append(next.digit)
                missing.insert(next)
            }
            return asked
        }
        #expect(order(EnrolmentFixtures.belgian) == [.index, .middle, .ring, .little, .thumb])
        #expect(order(EnrolmentFixtures.german) == [.index, .thumb, .middle, .ring])
    }

    @Test("one more finger is tried when the first is not good enough, and then the best is taken")
    func furtherFinger() {
        let policy = FingerPolicy(EnrolmentFixtures.belgian)
        let index = FingerPolicy.Candidate(position: .rightIndex, score: 20)
        #expect(policy.next(taken: [], candidates: [index], exceptions: []) == .take(.rightMiddle))
        let middle = FingerPolicy.Candidate(position: .rightMiddle, score: 12)
        #expect(policy.next(taken: [], candidates: [index, middle], exceptions: []) == .choose(.rightIndex))
        #expect(policy.next(taken: [.rightMiddle], candidates: [index], exceptions: []) == .take(.leftIndex))
    }

    @Test("of equal scores the finger that the rules name first is taken")
    func ties() {
        let tied = [FingerPosition.rightRing, .rightThumb, .rightMiddle].map {
            FingerPolicy.Candidate(position: $0, score: 9)
        }
        #expect(FingerPolicy(EnrolmentFixtures.belgian).best(of: tied) == .rightMiddle)
        #expect(FingerPolicy(EnrolmentFixtures.german).best(of: tied) == .rightThumb)
    }

    @Test("fingers are required from the birthday that the rules name, for cards that hold them")
    func age() {
        let day = CalendarDate(year: 2026, month: 11, day: 21)!
        let (belgian, german) = (FingerPolicy(EnrolmentFixtures.belgian), FingerPolicy(EnrolmentFixtures.german))
        #expect(belgian.requiresFingers(for: .eID, born: PartialDate(year: 2014, month: 11, day: 21), on: day))
        #expect(!belgian.requiresFingers(for: .eID, born: PartialDate(year: 2014, month: 11, day: 22), on: day))
        #expect(german.requiresFingers(for: .eID, born: PartialDate(year: 2020, month: 11, day: 21), on: day))
        #expect(!german.requiresFingers(for: .eID, born: PartialDate(year: 2020, month: 11, day: 22), on: day))
        #expect(!belgian.requiresFingers(for: .kidsID, born: PartialDate(year: 1980), on: day))
        #expect(belgian.requiresFingers(for: .foreigner, born: PartialDate(year: 1980), on: day))
    }
}
