import EnrolmentCore
import Foundation
import Testing

/// Names of people who do not exist, in the letters that the National Register knows.
@Suite("Names") struct PersonNameTests {
    @Test(
        "Case 21: two spellings of the same letters are one name",
        arguments: [
            ("Zo\u{EB}", "Zoe\u{308}"), ("Ren\u{E9}e", "Rene\u{301}e"), ("\u{C5}sa", "A\u{30A}sa"),
            // Marks of different places may stand in either order.
            ("a\u{315}\u{301}", "a\u{301}\u{315}"), ("a\u{338}\u{30D}", "a\u{338}\u{30D}"),
            ("A\u{30D}\u{323}", "A\u{323}\u{30D}"), (" Voorbeeld", "Voorbeeld   "), ("", "  "),
        ])
    func same(_ left: String, _ right: String) {
        #expect(PersonName.areSame(left, right))
        #expect(PersonName.areSame(right, left))
    }

    @Test(
        "Case 21: another letter, mark, case or sign is another name",
        arguments: [
            ("a\u{315}", "a"), ("A\u{30D}", "A"), ("a\u{338}", "a"), ("A\u{30D}", "A\u{30E}"), ("Zoë", "Zoe"),
            ("D'Voorbeeld", "D’Voorbeeld"), ("voorbeeld", "Voorbeeld"), ("Strauß", "Strauss"),
            ("Van den Test", "Vanden Test"), ("An-Test", "An Test"), ("ﬁ", "fi"), ("Voorbeeld", ""),
        ])
    func different(_ left: String, _ right: String) {
        #expect(!PersonName.areSame(left, right))
    }

    @Test("Case 21: comparing, sorting, hashing and coding leave every scalar as it is")
    func untouched() throws {
        let composed = "Ren\u{E9}"
        let decomposed = "Rene\u{301}"
        #expect(composed == decomposed && composed.hashValue == decomposed.hashValue)
        #expect(Set([composed, decomposed]).count == 1)
        for name in [composed, decomposed, "a\u{315}", "A\u{30D}", "a\u{338}", "\u{C5}\u{212B}A\u{30A}"] {
            let sorted = ["z", name].sorted()
            #expect(sorted.contains { $0.unicodeScalars.elementsEqual(name.unicodeScalars) })
            let coded = try JSONEncoder().encode([name])
            #expect(Array(coded.dropFirst(2).dropLast(2)) == Array(name.utf8))
            let read = try JSONDecoder().decode([String].self, from: coded)
            #expect(read[0].unicodeScalars.elementsEqual(name.unicodeScalars))
        }
    }
}
