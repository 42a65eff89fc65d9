import SyncProtocol
import Testing

@testable import CentralServer

@Suite("Decisions before the first byte of an append")
struct AppendPlanTests {
    private static let good = AppendRequest(
        contentType: SyncMediaType.offsetStream, uploadOffset: "40", contentLength: "60", checksum: nil)

    private static func changed(_ change: (inout AppendRequest) -> Void) -> AppendRequest {
        var request = good
        change(&request)
        return request
    }

    @Test("A request that fits is planned where it goes, with what may follow")
    func fits() throws {
        let plan = try AppendPlan(Self.good, durableOffset: 40, fileSize: 100)
        #expect(plan.offset == 40)
        #expect(plan.remaining == 60)
        #expect(plan.checksum == nil)
    }

    @Test(
        "Each broken rule has its own code",
        arguments: [
            (changed { $0.contentType = nil }, RefusalCode.unsupportedMediaType),
            (changed { $0.contentType = "application/octet-stream" }, .unsupportedMediaType),
            (changed { $0.uploadOffset = nil }, .invalidHeader),
            (changed { $0.uploadOffset = "40, 40" }, .invalidHeader),
            (changed { $0.uploadOffset = "-40" }, .invalidHeader),
            (changed { $0.uploadOffset = "39" }, .offsetMismatch),
            (changed { $0.uploadOffset = "9223372036854775807" }, .offsetMismatch),
            (changed { $0.contentLength = "61" }, .beyondLength),
            (changed { $0.contentLength = "9223372036854775807" }, .beyondLength),
            (changed { $0.contentLength = "x" }, .invalidHeader),
            (changed { $0.checksum = "crc32 AAAA" }, .unknownChecksumAlgorithm),
            (changed { $0.checksum = "sha1 AAAA" }, .invalidHeader),
        ])
    func refused(request: AppendRequest, code: RefusalCode) {
        #expect {
            try AppendPlan(request, durableOffset: 40, fileSize: 100)
        } throws: { error in
            (error as? Refused)?.code == code
        }
    }

    @Test("The media type is decided before the offset, the offset before the length, the length before the checksum")
    func order() {
        var request = AppendRequest(
            contentType: "text/plain", uploadOffset: "1", contentLength: "999", checksum: "md5 x")
        let expected: [RefusalCode] = [
            .unsupportedMediaType, .offsetMismatch, .beyondLength, .unknownChecksumAlgorithm,
        ]
        for (step, code) in expected.enumerated() {
            #expect {
                try AppendPlan(request, durableOffset: 40, fileSize: 100)
            } throws: { ($0 as? Refused)?.code == code }
            switch step {
            case 0: request.contentType = SyncMediaType.offsetStream
            case 1: request.uploadOffset = "40"
            default: request.contentLength = "60"
            }
        }
    }
}
