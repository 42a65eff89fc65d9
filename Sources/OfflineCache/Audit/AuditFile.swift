import Crypto
package import EnrolmentCore
package import PacketFormat

/// Reads a journal that a kit gave away, wherever it is: it needs the kit's public key and no store.
package struct AuditFile: Sendable {
    private let kit: KitID
    private let verifier: AuditSealVerifier

    /// - Parameter keys: the kit's public keys, from whoever vouches for them.
    package init(kit: KitID, keys: [VerifyingKey]) {
        self.kit = kit
        verifier = AuditSealVerifier(kit: kit, keys: keys)
    }

    /// Says what is wrong with a file; every byte of it is covered.
    package func audit(_ bytes: [UInt8]) -> AuditReport {
        let pieces = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var lines = pieces.dropLast().map { (start: $0.startIndex, line: AuditFileLine($0)) }
        var findings: [AuditFinding] = []
        if pieces.last?.isEmpty != true { findings.append(AuditFinding(.fileCutOff, detail: "the last line")) }
        if case .end(let statement)? = lines.last?.line, let end = lines.popLast() {
            check(statement, signing: bytes[..<end.start], into: &findings)
        } else {
            findings.append(AuditFinding(.fileCutOff, detail: "no signature at the end"))
        }
        var training = false
        if case .head(let head)? = lines.first?.line, head.version == 1, head.kit == kit.text {
            training = head.training
            lines.removeFirst()
        } else {
            findings.append(AuditFinding(.fileChanged, detail: "the first line"))
        }
        var chain = AuditChain(verifier: verifier, isTraining: training)
        for (_, line) in lines {
            switch line {
            case .line(let record): chain.take(record)
            case .seal(let number, let statement):
                chain.take(AuditChain.HeldSeal(number: number, statement: statement))
            case .head, .end, nil:
                findings.append(
                    AuditFinding(.fileChanged, position: chain.position + 1, detail: "behind line \(chain.position)"))
            }
        }
        var report = AuditReport(of: chain, kit: kit, isTraining: training)
        report.findings += findings
        report.remarks.append(AuditReport.Remark(kind: .journalOnly, position: nil, seal: nil, detail: ""))
        return report
    }

    private func check(_ statement: String, signing bytes: ArraySlice<UInt8>, into findings: inout [AuditFinding]) {
        do throws(StatementError) {
            let seal = try verifier.verify(export: statement)
            let digest = hexText(SHA256.hash(data: Array(bytes)))
            if seal.byteCount != bytes.count || seal.digest != digest {
                findings.append(AuditFinding(.fileChanged, detail: "not the bytes that were signed"))
            }
        } catch {
            findings.append(AuditFinding(.fileChanged, detail: "its signature: \(error.description)"))
        }
    }
}
