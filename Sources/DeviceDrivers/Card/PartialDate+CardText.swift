package import EnrolmentCore

extension PartialDate {
    /// Reads a date as it stands on a card in Dutch, French or German: `01 JAN 1971`, `23.SEP.1980`,
    /// `01.02.2014`, a year alone, and their likes.
    ///
    /// A day or month that is absent or cannot be read stays unknown. Nil without a year of four
    /// digits; the text itself is kept beside the date.
    package init?(cardText text: String) {
        guard let date = CardDateText(text).date else { return nil }
        self = date
    }
}
