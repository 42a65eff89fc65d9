import SyncProtocol
import Testing

@Suite("Refusals")
struct RefusalTests {
    @Test("Every refusal crosses the wire with its code and status", arguments: RefusalCode.allCases)
    func roundTrip(code: RefusalCode) throws {
        let problem = Problem(code, detail: "here")
        #expect(try Problem(decoding: problem.encoded()) == problem)
        #expect((400..<600).contains(problem.status))
    }

    @Test("The body is problem details as RFC 9457 names them")
    func body() throws {
        let body = String(decoding: try Problem(.checksumMismatch).encoded(), as: UTF8.self)
        let type = "urn:loket:refusal:checksumMismatch"
        #expect(
            body == #"{"code":"checksumMismatch","status":460,"title":"Checksum Mismatch","type":"\#(type)"}"#)
    }

    @Test("A page of a proxy is no refusal of central", arguments: ["", "<html>", "{}", #"{"code":"other"}"#])
    func foreign(body: String) {
        #expect(throws: DecodingError.self) { try Problem(decoding: Array(body.utf8)) }
    }
}
