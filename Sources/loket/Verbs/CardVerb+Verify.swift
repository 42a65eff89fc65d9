import ArgumentParser
import CardProof
import DeviceDrivers
import EnrolmentCore
import Foundation
import StationApp
import StationUI

extension CardVerb {
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read the card and prove what is on it.",
            discussion: """
                Signatures, the photo, the chip and the chain to a known root, by the list of roots that this program \
                carries. Nobody is asked over a network: whether a certificate was revoked is asked at a kit's next sync. \
                Ends with 0 when the card can be trusted, and with 1 when it is forged or cannot be checked.
                """)
        @Option(help: "Another root to accept, DER or PEM; the card is then shown as TEST. May be given several times.")
        var trustAnchor: [String] = []
        @Flag(help: "Accept the roots of this program's own emulated cards, as TEST.") var acceptEmulated = false
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        struct Verified: Encodable {
            let verdict: CardVerdict
            let isTrusted: Bool
            let isTest: Bool
            let root: String?
            let trustListVersion: Int
            let findings: [CardFinding]
            let meaning: String
        }

        func run() async throws {
            try await report.reporting {
                let prover = CardProver(try trust())
                let reading = try await CardVerb.reading(.enrolment, with: devices)
                let proof = prover.proof(of: reading, at: SystemClock().now(), revocation: nil)
                let words = report.words.explain(proof.verdict)
                let verified = Verified(
                    verdict: proof.verdict, isTrusted: proof.verdict.isTrusted, isTest: proof.isTest, root: proof.root,
                    trustListVersion: proof.trustListVersion, findings: proof.findings, meaning: words.meaning)
                try report.print(verified) {
                    ([
                        (proof.isTest ? "TEST · " : "") + words.word, words.meaning,
                    ]
                        + proof.findings.map { finding in
                            "  \(finding.part.rawValue): \(finding.outcome.rawValue)"
                                + (finding.detail.isEmpty ? "" : " (\(finding.detail))")
                        }).joined(separator: "\n")
                }
                if !proof.verdict.isTrusted { throw ExitCode(ExitStatus.checkFailed.rawValue) }
            }
        }

        private func trust() throws(FailureReport) -> CardTrust {
            var roots = acceptEmulated ? try StationTrust.emulatedRoots() : []
            for file in trustAnchor {
                let bytes = try InputFile.bytes(of: file, atMost: .certificate, called: "--trust-anchor")
                do throws(TrustListError) {
                    roots.append(try TrustRoot(certificate: bytes, kind: .test))
                } catch {
                    throw FailureReport(
                        .input(.unreadableFile), detail: "--trust-anchor: \(error)", kept: .nothingToKeep)
                }
            }
            do throws(TrustListError) {
                return CardTrust(try .builtIn(), acceptsTestRoots: !roots.isEmpty, extraTestRoots: roots)
            } catch {
                throw FailureReport(.input(.missingConfiguration), detail: "card-roots.json", kept: .nothingToKeep)
            }
        }
    }
}
