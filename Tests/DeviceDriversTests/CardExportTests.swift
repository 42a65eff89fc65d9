import DeviceEmulation
import EnrolmentCore
import Foundation
import FoundationXML
import Testing

@testable import DeviceDrivers

@Suite("The .eid file of a card") struct CardExportTests {
    /// Elements and attributes by their place, as Foundation's reader finds them.
    private final class Content: NSObject, XMLParserDelegate {
        private(set) var order: [String] = []
        private(set) var texts: [String: String] = [:]
        private(set) var attributes: [String: [String: String]] = [:]
        private var path: [String] = []

        init?(_ file: [UInt8]) {
            super.init()
            let parser = XMLParser(data: Data(file))
            parser.delegate = self
            guard parser.parse() else { return nil }
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            path.append(name)
            let place = path.joined(separator: "/")
            order.append(place)
            texts[place] = ""
            self.attributes[place] = attributes
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            texts[path.joined(separator: "/"), default: ""] += text
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            path.removeLast()
        }

        func bytes(_ place: String) -> [UInt8]? {
            texts[place].flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) }
        }
    }

    private func reading(_ profile: CardProfile, of persona: CardPersona = CardFixtures.alma) throws -> CardReading {
        let image = try #require(try profile.image(of: persona, photo: CardFixtures.photo(2999)))
        let files = CardFixtures.expectedFiles(image)
        return CardReading(
            files: files, chipNumber: [UInt8](image.cardData.prefix(16)), appletVersion: image.appletVersion,
            atr: image.atr, identity: try CardIdentity(file: files[.identity] ?? []),
            address: files[.address].flatMap { CardAddress(file: $0) }, readAt: Timestamp(milliseconds: 0))
    }

    private func content(_ reading: CardReading) throws -> Content {
        try #require(Content(CardExport.xml(of: reading)))
    }

    @Test("An adult's card stands in it, in the order of the schema")
    func adult() throws {
        let card = try reading(.v18)
        let content = try content(card)
        #expect(
            content.order == [
                "eid", "eid/identity", "eid/identity/name", "eid/identity/firstname", "eid/identity/middlenames",
                "eid/identity/nationality", "eid/identity/placeofbirth", "eid/identity/photo", "eid/card",
                "eid/card/deliverymunicipality", "eid/address", "eid/address/streetandnumber", "eid/address/zip",
                "eid/address/municipality", "eid/certificates", "eid/certificates/root", "eid/certificates/citizenca",
                "eid/certificates/authentication", "eid/certificates/signing", "eid/certificates/rrn",
            ])
        #expect(content.attributes["eid"] == ["version": "4.1"])
        #expect(
            content.attributes["eid/identity"] == [
                "nationalnumber": card.identity.nationalNumber.digits, "dateofbirth": "19840317", "gender": "female",
                "specialstatus": "NO_STATUS",
            ])
        #expect(content.texts["eid/identity/name"] == "Voorbeeld")
        #expect(content.texts["eid/identity/firstname"] == "Alma Rosa")
        #expect(content.texts["eid/identity/middlenames"] == "T")
        #expect(content.bytes("eid/identity/photo") == card.photo)
        let attributes = try #require(content.attributes["eid/card"])
        #expect(attributes["documenttype"] == "belgian_citizen")
        #expect(attributes["cardnumber"] == card.identity.cardNumber.text)
        #expect(attributes["chipnumber"]?.count == 32 && attributes["chipnumber"]?.hasPrefix("54455354") == true)
        #expect(attributes["validitydatebegin"] == "20220301" && attributes["validitydateend"] == "20320301")
        #expect(content.texts["eid/address/zip"] == "8000")
        #expect(content.bytes("eid/certificates/root") == card.files[.rootCertificate])
        #expect(content.bytes("eid/certificates/citizenca") == card.files[.caCertificate])
        #expect(content.bytes("eid/certificates/authentication") == card.files[.authenticationCertificate])
        #expect(content.bytes("eid/certificates/signing") == card.files[.signatureCertificate])
        #expect(content.bytes("eid/certificates/rrn") == card.files[.registryCertificate])
    }

    @Test("A small child's card has no certificates of its own, and no elements for them")
    func child() throws {
        let content = try content(try reading(.kidsUnder6))
        #expect(content.attributes["eid/card"]?["documenttype"] == "kids_card")
        #expect(!content.order.contains("eid/certificates/authentication"))
        #expect(!content.order.contains("eid/certificates/signing"))
        #expect(content.bytes("eid/certificates/rrn")?.isEmpty == false)
    }

    @Test("What residence cards tell stands in the form's own words")
    func residence() throws {
        var card = try reading(.foreignerEUPlus)
        card = changed(card) {
            $0.documentType = CardDocumentType("33")
            $0.residence = CardResidence(
                duplicate: "02", isFamilyMember: true, protection: CardProtection(cardText: "01.02.2014-IT"),
                labourMarket: CardCode("A"), employerVAT1: "0123.456.789", employerVAT2: "weg",
                regionalFileNumber: "B/1", brexitAgreement: CardCode("B"), brexitStay: CardCode("C"),
                purpose: CardCode("F"), mobility: CardCode("K"))
        }
        let content = try content(card)
        #expect(content.attributes["eid"] == ["version": "4.5"])
        let identity = try #require(content.attributes["eid/identity"])
        #expect(identity["duplicate"] == "02" && identity["memberoffamily"] == "true")
        #expect(identity["dateandcountryofprotection"] == "20140201IT")
        #expect(content.attributes["eid/card"]?["documenttype"] == "foreigner_A")
        #expect(
            content.attributes["eid/card/workpermit"] == [
                "mention": "seasonal worker", "vat1": "0123456789", "regionalfile": "B/1",
            ])
        #expect(
            content.attributes["eid/card/brexit"] == [
                "mention1": "Article 18(1) Agreement", "mention2": "Permanent stay",
            ])
        #expect(content.attributes["eid/card/cardA"] == ["mentions1": "Intern", "mentions2": "Mobility program"])
        let cardElements = content.order.filter { $0.hasPrefix("eid/card/") }.map { $0.dropFirst(9) }
        #expect(cardElements == ["deliverymunicipality", "workpermit", "brexit", "cardA"])
    }

    @Test("The least version that has a place for all of it is named")
    func versions() throws {
        let card = try reading(.v18)
        func version(_ change: (inout CardIdentity) -> Void) throws -> String? {
            try content(changed(card, change)).attributes["eid"]?["version"]
        }
        #expect(try version { $0.documentType = CardDocumentType("11") } == "4.1")
        #expect(try version { $0.residence = CardResidence(labourMarket: CardCode("7")) } == "4.1")
        #expect(try version { $0.residence = CardResidence(brexitAgreement: CardCode("B")) } == "4.2")
        #expect(try version { $0.documentType = CardDocumentType("22") } == "4.3")
        #expect(try version { $0.documentType = CardDocumentType("32") } == "4.5")
        #expect(try version { $0.residence = CardResidence(mobility: CardCode("K")) } == "4.5")
    }

    @Test("What is unknown is zeros or empty, and what the form has no word for stands as on the card")
    func unknown() throws {
        let card = try reading(.v18)
        let odd = changed(card) {
            $0.birthDate = PartialDate(year: 1984, month: nil, day: nil)
            $0.validFrom = nil
            $0.sex = .other("X")
            $0.specialStatus = "9"
            $0.documentType = CardDocumentType("61")
            $0.residence = CardResidence(
                duplicate: "x", protection: CardProtection(cardText: "IT"), labourMarket: CardCode("1"),
                brexitStay: CardCode("C"))
        }
        let reading = CardReading(
            files: [:], chipNumber: odd.chipNumber, appletVersion: 0x18, atr: [], identity: odd.identity, address: nil,
            readAt: odd.readAt)
        let content = try content(reading)
        let identity = try #require(content.attributes["eid/identity"])
        #expect(identity["dateofbirth"] == "19840000" && identity["gender"] == "X")
        #expect(identity["specialstatus"] == nil && identity["duplicate"] == nil)
        #expect(identity["dateandcountryofprotection"] == nil && identity["memberoffamily"] == nil)
        #expect(content.attributes["eid/card"]?["validitydatebegin"] == "00000000")
        #expect(content.attributes["eid/card"]?["documenttype"] == "61")
        #expect(!content.order.contains("eid/card/workpermit") && !content.order.contains("eid/card/brexit"))
        #expect(content.bytes("eid/identity/photo") == [] && content.bytes("eid/certificates/rrn") == [])
        #expect(content.texts["eid/address/zip"] == "")
    }

    @Test(
        "Case 21: every character comes through, in elements and in attributes",
        arguments: [
            "<Test>", "\"Test\" 'n", "A & B; &amp; #2", "]]>", "De a\u{315}A\u{30D}a\u{338}", "Zoe\u{308} Zo\u{EB}",
            "Łęcki Þorn ß", "tab\tline\nreturn\rend", "  spaces  ", "𝔗est",
        ])
    func characters(_ text: String) throws {
        let card = changed(try reading(.v18)) {
            $0.surname = text
            $0.nobleCondition = text
        }
        let content = try content(card)
        #expect(content.texts["eid/identity/name"]?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        let noble = content.attributes["eid/identity"]?["noblecondition"]
        #expect(noble?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    }

    @Test("What no XML can hold becomes U+FFFD")
    func impossible() throws {
        let card = changed(try reading(.v18)) { $0.surname = "A\0B\u{1B}C\u{FFFE}D\u{FFFF}E" }
        #expect(try content(card).texts["eid/identity/name"] == "A\u{FFFD}B\u{FFFD}C\u{FFFD}D\u{FFFD}E")
    }

    private func changed(_ card: CardReading, _ change: (inout CardIdentity) -> Void) -> CardReading {
        var identity = card.identity
        change(&identity)
        return CardReading(
            files: card.files, chipNumber: card.chipNumber, appletVersion: card.appletVersion, atr: card.atr,
            identity: identity, address: card.address, readAt: card.readAt)
    }
}
