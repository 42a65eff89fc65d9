import DeviceEmulation
import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite("A card's certificates")
struct CardCertificateTests {
    @Test("All five are parsed from an adult's card, and name the test authority")
    func adult() async throws {
        let reading = try await reading(.belgian)
        #expect(reading.certificates.count == 5)
        let authentication = try #require(reading.certificates[.authenticationCertificate])
        #expect(authentication.issuer.contains("TEST"))
        #expect(authentication.notBefore < authentication.notAfter)
        #expect(!authentication.serialNumber.isEmpty)
    }

    @Test("A child's card has no signature certificate, and zeros are none")
    func child() async throws {
        let reading = try await reading(.kids(hasAuthenticationCertificate: false))
        #expect(reading.certificates[.signatureCertificate] == nil)
        #expect(reading.certificates[.authenticationCertificate] == nil)
        #expect(CardCertificate(der: [UInt8](repeating: 0, count: 1300)) == nil)
        #expect(CardCertificate(der: []) == nil)
    }

    private func reading(_ document: CardDocument) async throws -> CardReading {
        let reader = CardFixtures.reader(try CardFixtures.Profile(applet: .v18, document: document).image())
        let outcome = try await CardFixtures.driver(reader).readCard(within: .seconds(5)) { _ in }
        guard case .captured(let reading) = outcome else {
            throw DeviceError(.cardReader, .unreadable, "\(outcome)")
        }
        return reading
    }
}
