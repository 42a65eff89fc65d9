import EnrolmentCore
import Testing

/// Vectors are the documented examples and official specimens.
@Suite struct NumberChecksTests {
    @Test("Case 22: documented national numbers pass, in both centuries")
    func documentedNumbers() {
        #expect(NationalNumber("85073003328").warnings(birth: PartialDate(year: 1985, month: 7, day: 30)).isEmpty)
        #expect(NationalNumber("17073003384").warnings(birth: PartialDate(year: 2017, month: 7, day: 30)).isEmpty)
        #expect(NationalNumber("01050399963").warnings(birth: PartialDate(year: 2001, month: 5, day: 3)).isEmpty)
    }

    @Test("Case 22: a bis number is known by its raised month, by 20 or by 40")
    func bis() {
        for digits in ["98472899765", "01490700185", "85270033389"] {
            #expect(NationalNumber(digits).isBis, "\(digits)")
            #expect(!NationalNumber(digits).warnings(birth: nil).contains(.wrongChecksum), "\(digits)")
        }
        #expect(!NationalNumber("85073003328").isBis)
        #expect(!NationalNumber("71715100070").isBis)
    }

    @Test("Case 22: the date of birth chooses the century, and without one either will do")
    func centuries() {
        let old = NationalNumber("85073003328")
        #expect(old.warnings(birth: nil) == [])
        #expect(old.warnings(birth: PartialDate(year: 1985)) == [])
        #expect(old.warnings(birth: PartialDate(year: 2085)) == [.wrongChecksum])
        let new = NationalNumber("17073003384")
        #expect(new.warnings(birth: nil) == [])
        #expect(new.warnings(birth: PartialDate(year: 1917)) == [.wrongChecksum])
    }

    @Test("Case 22: months and days of zero are unknown, and agree with any")
    func unknownParts() {
        func number(_ body: Int) -> NationalNumber {
            let check = 97 - body % 97
            let digits = String(body * 100 + check)
            return NationalNumber(String(repeating: "0", count: 11 - digits.count) + digits)
        }
        let birth = PartialDate(year: 1962, month: 3, day: 24)
        #expect(number(620_000_001).warnings(birth: birth) == [])
        #expect(number(620_300_001).warnings(birth: birth) == [])
        #expect(number(620_400_001).warnings(birth: birth) == [.otherBirthDate])
        // With a month of zero the day is a counter that ran on.
        #expect(number(620_045_001).warnings(birth: birth) == [])
        #expect(number(620_032_001).warnings(birth: birth) == [])
        #expect(number(620_332_001).warnings(birth: birth) == [.impossibleDate])
        // Nothing was known of the date: 1900-00-01.
        #expect(number(1_005).warnings(birth: birth) == [])
        #expect(number(620_324_001).warnings(birth: PartialDate(year: 1962)) == [])
        #expect(number(620_324_001).warnings(birth: PartialDate(year: 1963)) == [.otherBirthDate])
    }

    @Test("Case 22: the counter is odd for men, and says nothing in a bis number of unknown sex")
    func sex() {
        let man = NationalNumber("85073003328")
        #expect(man.warnings(birth: nil, sex: .male) == [])
        #expect(man.warnings(birth: nil, sex: .female) == [.otherSex])
        #expect(man.warnings(birth: nil, sex: .other("X")) == [])
        #expect(NationalNumber("85270033389").warnings(birth: nil, sex: .female) == [])
        #expect(NationalNumber("85470033335").warnings(birth: nil, sex: .female).contains(.otherSex))
    }

    @Test("Case 22: a specimen whose date cannot be only warns")
    func impossibleDate() {
        let warnings = NationalNumber("71715100070").warnings(birth: nil)
        #expect(warnings == [.impossibleDate])
    }

    @Test("Case 22: one changed digit is noticed")
    func changedDigit() {
        let good = Array("85073003328")
        for index in good.indices {
            var digits = good
            digits[index] = digits[index] == "9" ? "0" : "9"
            guard digits != good else { continue }
            let warnings = NationalNumber(String(digits)).warnings(birth: PartialDate(year: 1985, month: 7, day: 30))
            #expect(!warnings.isEmpty, "digit \(index)")
        }
    }

    @Test("Case 22: anything that is not eleven digits is malformed and shown as it is")
    func malformed() {
        for text in ["", "8507300332", "850730033281", "8507300332x", "٨٥٠٧٣٠٠٣٣٢٨"] {
            #expect(NationalNumber(text).warnings(birth: nil) == [.malformed])
            #expect(NationalNumber(text).formatted == text)
        }
    }

    @Test("Case 22: numbers are shown as they are printed")
    func formatted() {
        #expect(NationalNumber("85073003328").formatted == "85.07.30-033.28")
        #expect(CardNumber("591201099997").formatted == "591-2010999-97")
        #expect(CardNumber("B123456748").formatted == "B 1234567 48")
        #expect(CardNumber("123456748").formatted == "1234567 48")
        for odd in ["", "B", "ABCDEFGHIJKL", "B12345674", "B591201099997", "+12345678901", "٠٠٠٠٠٠٠٠٠٠٠٠"] {
            #expect(CardNumber(odd).formatted == odd)
        }
    }

    @Test("Case 22: card numbers of Belgians and of foreigners are checked by their own rule")
    func cardNumbers() {
        #expect(CardNumber("591201099997").warnings.isEmpty)
        #expect(CardNumber("B123456748").warnings.isEmpty)
        #expect(CardNumber("B100000027").warnings.isEmpty)
        // An official specimen has 00 where 97 is expected.
        #expect(CardNumber("000001241600").warnings == [.wrongChecksum])
        #expect(CardNumber("123456748").warnings.isEmpty)
        #expect(CardNumber("B123456749").warnings == [.wrongChecksum])
        for odd in ["", "12", "B", "B12345674", "B591201099997", "+59120109999", "-00000000000", "59120109999７"] {
            #expect(CardNumber(odd).warnings == [.malformed], "\(odd)")
        }
    }
}
