import EnrolmentCore
import Foundation
import PacketFormat

extension PlaintextScan {
    /// Adds every personal field, picture and card file of an opened packet.
    ///
    /// - Parameter enrolment: the OSIA document.
    mutating func add(enrolment: [UInt8]) throws {
        let document = try JSONDecoder().decode(OSIAEnrollment.self, from: Data(enrolment))
        try add(
            person: document.biographicData, samples: document.biometricData, cards: document.documentData,
            present: document.contextualData.present)
    }

    /// Adds every personal field, picture and card file of an opened delivery, and the numbers of its cards.
    mutating func add(delivery: [UInt8]) throws {
        let document = try DeliveryDocument(content: delivery)
        let data = document.deliveryData
        let numbers = [data.expectedCardNumber, data.card?.cardNumber, data.card?.chipNumber, data.replaced?.number]
        for number in numbers.compactMap(\.self) { add(text: number, label: "deliveryData.number") }
        try add(
            person: document.biographicData, samples: document.biometricData, cards: document.documentData,
            present: document.contextualData.present)
    }

    private mutating func add(
        person: some Encodable, samples: some Encodable, cards: some Encodable, present: [PresentPerson]
    ) throws {
        let person = try JSONSerialization.jsonObject(with: JSONEncoder().encode(person))
        add(texts: person, label: "biographicData")
        for person in present { add(text: person.name, label: "present") }
        let pictures = try JSONSerialization.jsonObject(with: JSONEncoder().encode(samples))
        add(files: pictures, label: "biometricData")
        let cards = try JSONSerialization.jsonObject(with: JSONEncoder().encode(cards))
        add(files: cards, label: "documentData")
    }

    /// Every text at any depth, labelled by its place.
    private mutating func add(texts value: Any, label: String) {
        switch value {
        case let text as String: add(text: text, label: label)
        case let list as [Any]: for item in list { add(texts: item, label: label) }
        case let object as [String: Any]: for (key, item) in object { add(texts: item, label: "\(label).\(key)") }
        default: break
        }
    }

    /// Everything that is a file in base64: members `image` and `data`.
    private mutating func add(files value: Any, label: String) {
        switch value {
        case let list as [Any]: for item in list { add(files: item, label: label) }
        case let object as [String: Any]:
            for (key, item) in object {
                if key == "image" || key == "data", let text = item as? String, let file = Data(base64Encoded: text) {
                    add(file: [UInt8](file), label: "\(label).\(key)")
                } else {
                    add(files: item, label: "\(label).\(key)")
                }
            }
        default: break
        }
    }
}

extension TrainingDay {
    /// Adds what the office knew beforehand.
    func addNeedles(to scan: inout PlaintextScan) {
        for visit in visits {
            scan.add(text: visit.address.streetAndNumber, label: "visit.address")
            for planned in visit.cases {
                scan.add(text: planned.citizen.surname, label: "citizen.surname")
                scan.add(text: planned.citizen.givenNames, label: "citizen.givenNames")
                scan.add(text: planned.citizen.nationalNumber.digits, label: "citizen.nationalNumber")
                scan.add(text: planned.citizen.nationalNumber.formatted, label: "citizen.nationalNumber")
                for person in planned.present { scan.add(text: person.name, label: "present") }
            }
        }
    }
}
