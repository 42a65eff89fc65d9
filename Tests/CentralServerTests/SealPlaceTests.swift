import Testing

@testable import CentralServer

@Suite("The place of a seal")
struct SealPlaceTests {
    private struct Held {
        var links: [SealLink] = []
        private var contradictions: [SealContradiction?] = []

        /// Takes a seal in, as central does; what it was called is its digest.
        mutating func take(
            _ name: String, _ number: Int, after previous: String?, position: Int? = nil, by signer: String = "k1"
        ) -> SealPlace {
            var link = SealLink(
                number: number, position: position ?? number * 10, digest: name, previousDigest: previous,
                signer: signer)
            let place = SealPlace(of: link, among: links)
            link.branch = place.branch
            links.append(link)
            return place
        }
    }

    @Test("seals in order are one journal, whichever way they come in")
    func order() {
        let seals: [(String, Int, String?)] = [("a", 1, nil), ("b", 2, "a"), ("c", 3, "b"), ("d", 4, "c")]
        for order in Self.orders(of: [0, 1, 2, 3]) {
            var held = Held()
            for index in order {
                let place = held.take(seals[index].0, seals[index].1, after: seals[index].2)
                #expect(place.contradiction == nil && place.branch == 0, "\(order), \(seals[index].0)")
            }
            #expect(SealReport.Gap.all(in: held.links) == [], "\(order)")
        }
    }

    private static func orders(of items: [Int]) -> [[Int]] {
        guard items.count > 1 else { return [items] }
        return items.flatMap { first in orders(of: items.filter { $0 != first }).map { [first] + $0 } }
    }

    @Test("a second seal under a number is a fork; those behind it follow it and are none")
    func fork() {
        var held = Held()
        _ = held.take("a", 1, after: nil)
        _ = held.take("b", 2, after: "a")
        #expect(held.take("B", 2, after: "a").contradiction == .number)
        let next = held.take("C", 3, after: "B")
        #expect(next.contradiction == nil && next.branch == 1)
        #expect(held.take("c", 3, after: "b").contradiction == nil)
        #expect(held.take("A", 1, after: nil).contradiction == .number)
    }

    @Test("a seal that names another one before it, or that the held next one does not name, is a fork")
    func neighbours() {
        var held = Held()
        _ = held.take("a", 1, after: nil)
        #expect(held.take("x", 2, after: "?").contradiction == .previous)
        #expect(held.take("y", 7, after: "a").contradiction == .previous)
        var gap = Held()
        _ = gap.take("d", 4, after: "c")
        #expect(gap.take("X", 3, after: "b").contradiction == .next)
    }

    @Test("a seal that covers no more than the one before is a fork")
    func position() {
        var held = Held()
        _ = held.take("a", 1, after: nil, position: 10)
        #expect(held.take("b", 2, after: "a", position: 10).contradiction == .position)
        #expect(held.take("d", 4, after: "c", position: 5).contradiction == .position)
    }

    @Test("a new key may begin a journal anew, or go on with the one that is there")
    func newKey() {
        var held = Held()
        _ = held.take("a", 1, after: nil)
        let on = held.take("b", 2, after: "a", by: "k2")
        #expect(on.contradiction == nil && on.branch == 0)
        let anew = held.take("A", 1, after: nil, by: "k3")
        #expect(anew.contradiction == nil && anew.branch == 1)
        #expect(held.take("B", 2, after: "A", by: "k3").branch == 1)
    }

    @Test("what is missing between two seals is told, and settles")
    func gaps() {
        var held = Held()
        _ = held.take("c", 3, after: "b")
        #expect(SealReport.Gap.all(in: held.links) == [SealReport.Gap(branch: 0, first: 1, last: 2)])
        _ = held.take("a", 1, after: nil)
        _ = held.take("f", 6, after: "e")
        #expect(
            SealReport.Gap.all(in: held.links) == [
                SealReport.Gap(branch: 0, first: 2, last: 2), SealReport.Gap(branch: 0, first: 4, last: 5),
            ])
    }
}
