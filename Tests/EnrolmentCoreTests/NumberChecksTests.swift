import EnrolmentCore
import Testing

/// Vectors are the documented examples and official specimens.
@Suite struct NumberChecksTests {
    @Test("documented national numbers pass, in both centuries")
    func documentedNumbers() {
        #expect(NationalNumber("85073003328").warnings(birth: PartialDate(year: 1985, month: 7, day: 30)).isEmpty)
        #expect(NationalNumber("17073003384").warnings(birth: PartialDate(year: 2017, month: 7, day: 30)).isEmpty)
        #expect(NationalNumber("01050399963").warnings(birth: PartialDate(year: 2001, month: 5, day: 3)).isEmpty)
    }

    @Test("a bis number is known by its raised month")
    func bis() {
        for digits in ["98472899765", "01490700185"] {
            #expect(NationalNumber(digits).isBis)
            #expect(!NationalNumber(digits).warnings(birth: nil).contains(.wrongChecksum))
        }
        #expect(!NationalNumber("85073003328").isBis)
    }

    @Test("a specimen whose date cannot be only warns")
    func impossibleDate() {
        let warnings = NationalNumber("71715100070").warnings(birth: nil)
        #expect(warnings == [.impossibleDate])
    }

    @Test("one changed digit is noticed")
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

    @Test("anything that is not eleven digits is malformed and shown as it is")
    func malformed() {
        for text in ["", "8507300332", "850730033281", "8507300332x", "٨٥٠٧٣٠٠٣٣٢٨"] {
            #expect(NationalNumber(text).warnings(birth: nil) == [.malformed])
            #expect(NationalNumber(text).formatted == text)
        }
    }

    @Test("numbers are shown as they are printed")
    func formatted() {
        #expect(NationalNumber("85073003328").formatted == "85.07.30-033.28")
        #expect(CardNumber("591201099997").formatted == "591-2010999-97")
        #expect(CardNumber("B123456748").formatted == "B 1234567 48")
    }

    @Test("card numbers of Belgians and of foreigners are checked by their own rule")
    func cardNumbers() {
        #expect(CardNumber("591201099997").warnings.isEmpty)
        #expect(CardNumber("B123456748").warnings.isEmpty)
        #expect(CardNumber("B100000027").warnings.isEmpty)
        // An official specimen has 00 where 97 is expected.
        #expect(CardNumber("000001241600").warnings == [.wrongChecksum])
        #expect(CardNumber("12").warnings == [.malformed])
    }
}
