import EnrolmentCore
import SyncProtocol
import Testing

@Suite("Routes")
struct SyncRouteTests {
    private let id = PacketID("018f4d1e-7c00-7abc-8def-0123456789ab")

    @Test("Every route is read back from the path that it writes")
    func roundTrip() throws {
        let id = try #require(id)
        for route in [
            SyncRoute.packets, .packet(id), .receipt(id), .receiptInChain(12), .manifestInChain(12), .status,
            .list(.roster),
            .list(.cardRoots), .revocation,
        ] {
            #expect(SyncRoute(path: route.path) == route)
        }
    }

    @Test(
        "A path that is not exactly a route is none",
        arguments: [
            "", "/", "/v1", "/v1/", "/v1/packets/", "/v2/packets", "v1/packets", "/v1/status/", "/v1/packets/x",
            "/v1/packets/018F4D1E-7C00-7ABC-8DEF-0123456789AB", "/v1/packets/018f4d1e-7c00-7abc-8def-0123456789ab/",
            "/v1/packets/018f4d1e-7c00-7abc-8def-0123456789ab/receipts", "/v1//packets", "/v1/receipts",
            "/v1/receipts/0", "/v1/receipts/01", "/v1/receipts/-1", "/v1/manifests", "/v1/manifests/0",
            "/v1/packets/../status",
            "/v1/packets/018f4d1e-7c00-4abc-8def-0123456789ab", "/v1/lists", "/v1/lists/", "/v1/lists/Roster",
            "/v1/lists/cardRoots", "/v1/lists/roster/", "/v1/revocation/", "/v1/revocation/x",
        ])
    func refused(path: String) {
        #expect(SyncRoute(path: path) == nil)
    }
}
