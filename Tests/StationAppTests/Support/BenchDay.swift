import EnrolmentCore

@testable import StationApp

/// One planned visit to two invented people.
enum BenchDay {
    static let first = CaseID("proef-1a")
    static let second = CaseID("proef-1b")

    static func make(today: CalendarDate) throws -> TrainingDay {
        try TrainingDay(json: Array(json.utf8), today: today)
    }

    static let json = """
        {
          "officer": "PROEF-1",
          "visits": [{
            "id": "proef-1", "place": "careHome", "streetAndNumber": "Nergensstraat 73", "postalCode": "8999",
            "municipality": "Nergenshuize", "reason": "reducedMobility", "attestDaysAgo": 4,
            "people": [
              {
                "id": "proef-1a", "surname": "Zonderbestaan", "givenNames": "Florentine Ottilie", "sex": "female",
                "born": "1949-05-17", "birthPlace": "Nergenshuize", "nationality": "Belg", "language": "dutch",
                "applet": "v18", "document": "belgian", "applyingFor": "eID",
                "present": [{ "role": "carer", "name": "Wilhelmus Fictief" }],
                "answers": {
                  "choices": { "certificates": "accepted", "procedure": "normal", "cardLanguage": "nl" }
                }
              },
              {
                "id": "proef-1b", "surname": "Nooitgeboren", "givenNames": "Theodorus", "sex": "male",
                "born": "1941-12-02", "birthPlace": "Verzinsel", "nationality": "Belg", "language": "french",
                "applet": "v18", "document": "belgian", "applyingFor": "eID",
                "answers": {
                  "exceptions": { "right-index": "amputated" },
                  "signatureExemption": "disability",
                  "choices": { "certificates": "waived", "procedure": "normal", "cardLanguage": "fr" }
                }
              }
            ]
          }]
        }
        """
}
